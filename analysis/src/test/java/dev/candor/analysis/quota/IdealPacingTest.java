package dev.candor.analysis.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.analysis.quota.LimitFit.Refill;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IdealPacingTest {
  private static LimitFit bucket(Counting counting, double perMinute, double burst) {
    return new LimitFit(
        counting, Refill.TOKEN_BUCKET, exactly(perMinute), exactly(burst), null, null, 0);
  }

  private static Range exactly(double value) {
    return new Range(value, value, value);
  }

  @Test
  void passing_twoBuckets_theOneThatBindsWithWhatItHeld() {
    IdealPacing pacing =
        new IdealPacing(
            List.of(bucket(Counting.REQUESTS, 600, 600), bucket(Counting.RESERVED, 60_000, 30_000)),
            List.of(1.0, 200.0));

    // Requests: 600 + 10·60; tokens: (30,000 + 1,000·60) ÷ 200.
    assertThat(pacing.passing(10_000, 60)).isCloseTo(450, within(1e-9));
    assertThat(pacing.passing(100, 60)).isCloseTo(100, within(1e-9));
    assertThat(pacing.ratePerSecond()).isCloseTo(5, within(1e-9));
  }

  @Test
  void passing_window_aBudgetForEachThatPassesByAndOneAtLeast() {
    LimitFit window =
        new LimitFit(
            Counting.REQUESTS, Refill.FIXED_WINDOW, exactly(600), exactly(600), exactly(60), 0L, 0);
    IdealPacing pacing = new IdealPacing(List.of(window), List.of(1.0));

    assertThat(pacing.passing(1e6, 240)).isCloseTo(2400, within(1e-9));
    assertThat(pacing.passing(1e6, 10)).isCloseTo(600, within(1e-9));
  }

  @Test
  void of_asks_whatThoseThatPassedTookOnAverage() {
    Ask small = new Ask(0, 1, 2, true, 10, 30, 5);
    Ask large = new Ask(3, 4, 5, true, 30, 50, 5);
    Ask refused = new Ask(6, 7, 7, false, 1000, 1000, 0);
    List<LimitFit> limits =
        List.of(bucket(Counting.RESERVED, 600, 600), bucket(Counting.USED, 600, 600));

    assertThat(IdealPacing.of(limits, List.of(small, large, refused)).meanTaken())
        .containsExactly(60.0, 25.0);
  }
}
