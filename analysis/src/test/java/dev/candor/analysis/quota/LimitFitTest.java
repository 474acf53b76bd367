package dev.candor.analysis.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.analysis.quota.LimitFit.Refill;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LimitFitTest {
  private static LimitFit fit(List<Ask> asks, Counting counting) {
    return Objects.requireNonNull(LimitFit.of(asks, counting, false), "nothing found");
  }

  @ParameterizedTest
  @CsvSource({"10, 600, 0", "10, 600, 0.05", "10, 20, 0.2", "0.5, 30, 0.1", "83.3, 5000, 0.02"})
  void of_bucketAskedBeyondItsRate_boundsHoldTheTruthWithinAFewPercent(
      double perSecond, double burst, double trip) {
    double fast = 10 * perSecond;
    double over = burst / (fast - perSecond) + 1;
    List<Ask> asks =
        FakeLimit.bucket(Counting.REQUESTS, perSecond, burst)
            .ask(0, over, fast, 1, 1, 1, trip)
            .ask(over, over + 200 / perSecond, 1.3 * perSecond, 1, 1, 1, trip)
            .asks();

    LimitFit found = fit(asks, Counting.REQUESTS);

    assertThat(found.refill()).isEqualTo(Refill.TOKEN_BUCKET);
    assertThat(found.misfit()).isZero();
    assertThat(found.perMinute().low()).isLessThanOrEqualTo(60 * perSecond);
    assertThat(found.perMinute().high()).isGreaterThanOrEqualTo(60 * perSecond);
    assertThat(found.perMinute().value()).isCloseTo(60 * perSecond, Percentage.withPercentage(1.5));
    assertThat(found.perMinute().uncertainty()).isLessThan(0.05);
    assertThat(found.burst().low()).isLessThanOrEqualTo(burst);
    assertThat(found.burst().high()).isGreaterThanOrEqualTo(burst);
  }

  @Test
  void of_fixedWindow_findsItsBudgetLengthAndTurn() {
    List<Ask> asks =
        FakeLimit.window(Counting.REQUESTS, 600, 60, 17)
            .ask(0, 8, 100, 1, 1, 1, 0.004)
            .ask(8, 17.2, 4, 1, 1, 1, 0.004)
            .ask(17.2, 25, 100, 1, 1, 1, 0.004)
            .ask(25, 78, 4, 1, 1, 1, 0.004)
            .asks();

    LimitFit found = fit(asks, Counting.REQUESTS);

    assertThat(found.refill()).isEqualTo(Refill.FIXED_WINDOW);
    assertThat(found.burst()).isEqualTo(new Range(600, 600, 600));
    Range seconds = Objects.requireNonNull(found.windowSeconds());
    assertThat(seconds.low()).isLessThanOrEqualTo(60);
    assertThat(seconds.high()).isGreaterThanOrEqualTo(60);
    assertThat(found.perMinute().value()).isCloseTo(600, within(6.0));
    assertThat((double) Objects.requireNonNull(found.turnNanos())).isCloseTo(77e9, within(0.3e9));
  }

  @Test
  void of_neverAdmittedAfterARefusal_isNotFound() {
    List<Ask> asks =
        FakeLimit.window(Counting.REQUESTS, 600, 60, 17).ask(0, 8, 100, 1, 1, 1, 0).asks();

    assertThat(LimitFit.of(asks, Counting.REQUESTS, false)).isNull();
    assertThat(LimitFit.of(asks.subList(0, 500), Counting.REQUESTS, false)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"RESERVED", "SETTLED", "USED", "INPUT"})
  void ranked_requestsOfTwoShapes_theTrueCountingExplainsThemBest(Counting truth) {
    List<Ask> asks =
        FakeLimit.bucket(truth, 1500, 15_000)
            .ask(0, 12, 30, 800, 200, 20, 0.002)
            .ask(12, 30, 10, 200, 800, 20, 0.002)
            .ask(30, 50, 10, 400, 100, 100, 0.002)
            .asks();

    List<LimitFit> ranked = CountingFits.ranked(List.of(), asks, false);

    assertThat(ranked.getFirst().counting()).isEqualTo(truth);
    assertThat(ranked.getFirst().misfit()).isLessThan(0.5);
    assertThat(ranked.getFirst().perMinute().value())
        .isCloseTo(90_000, Percentage.withPercentage(2));
    assertThat(CountingFits.decided(ranked)).isTrue();
  }
}
