package dev.candor.analysis.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.analysis.Summary;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.TokenSource;
import dev.candor.scenario.Prices;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class CostFiguresTest {
  private static final long SECOND = 1_000_000_000;
  private static final Offset<Double> EXACT = within(1e-12);

  /** A cent an input token, a tenth of it cached, two when written; ten cents an output token. */
  private static final Prices PRICES =
      new Prices("USD", 10_000, 1_000, 20_000, 100_000, 0.5, 0, false, null, Prices.Origin.OWN);

  private static final Prices HOURS =
      new Prices("USD", 0, 0, 0, 0, 0, 0, false, new Prices.GpuHours(3.6, 1000), Prices.Origin.OWN);

  /** Ten prompt tokens by our count, sent at 0; {@code usage} of the prompt, cached, written. */
  private static AttemptRecord attempt(
      long request,
      int attempt,
      boolean retried,
      Outcome outcome,
      int out,
      long end,
      int... usage) {
    int none = AttemptRecord.NONE;
    int[] known = Arrays.copyOf(usage.length == 0 ? new int[] {none, none, none} : usage, 3);
    return new AttemptRecord(
        request,
        attempt,
        0,
        "chat",
        request,
        0,
        none,
        0,
        0,
        0,
        none,
        none,
        none,
        none,
        none,
        end,
        none,
        outcome,
        200,
        null,
        null,
        10,
        known[0],
        known[1],
        none,
        out,
        none,
        TokenSource.USAGE,
        100,
        0,
        0,
        0,
        HttpPhases.UNKNOWN,
        new long[0],
        new int[0],
        new long[0],
        new long[0],
        0,
        retried,
        known[2]);
  }

  private static Summary.Cost cost(CostFigures figures, long completed, long good) {
    return Objects.requireNonNull(figures.cost(1, completed, good));
  }

  @Test
  void cost_ofAnAttempt_isItsTokensAndTheRequest() {
    assertThat(Billing.cost(attempt(0, 1, false, Outcome.COMPLETED, 3, 1, 100, 40, 50), PRICES))
        .isEqualTo(10 * 0.01 + 40 * 0.001 + 50 * 0.02 + 3 * 0.1 + 0.5, EXACT);
    // More cached or written than there are: the server's counts are not ours to believe.
    assertThat(Billing.cost(attempt(0, 1, false, Outcome.COMPLETED, 0, 1, 10, 8, 50), PRICES))
        .isEqualTo(8 * 0.001 + 2 * 0.02 + 0.5, EXACT);
  }

  @Test
  void cost_ofWhatWasCut_isThePromptAndWhatCame_andOfARefusal_nothing() {
    assertThat(Billing.cost(attempt(0, 1, false, Outcome.DISCONNECTED, 4, 1), PRICES))
        .isEqualTo(10 * 0.01 + 4 * 0.1 + 0.5, EXACT);
    for (Outcome free :
        List.of(Outcome.RATE_LIMITED, Outcome.SERVER_ERROR, Outcome.CONNECT_FAILED)) {
      assertThat(Billing.cost(attempt(0, 1, false, free, 0, 1), PRICES)).as("%s", free).isZero();
    }
  }

  @Test
  void request_isAllItsAttempts() {
    CostFigures figures = new CostFigures(PRICES);
    figures.add(attempt(7, 1, true, Outcome.DISCONNECTED, 1, 1, 10));
    figures.add(attempt(8, 1, false, Outcome.COMPLETED, 1, 1, 10));
    figures.add(attempt(7, 2, true, Outcome.RATE_LIMITED, 0, 1));
    figures.add(attempt(7, 3, false, Outcome.COMPLETED, 1, 1, 10));
    // Its last attempt never came.
    figures.add(attempt(9, 1, true, Outcome.TIMEOUT_TOTAL, 11, 1, 10));
    Summary.Cost cost = cost(figures, 2, 1);
    assertThat(cost.requests()).isEqualTo(3);
    assertThat(cost.total()).isEqualTo(4 * 0.6 + 14 * 0.1, EXACT);
    assertThat(cost.perRequestMax()).isEqualTo(1.7, within(1e-9));
    assertThat(cost.perRequestMean()).isEqualTo(3.8 / 3, EXACT);
    assertThat(cost.perRequestP50()).isNull();
    assertThat(cost.perSuccess()).isEqualTo(1.9, EXACT);
    assertThat(cost.perGood()).isEqualTo(3.8, EXACT);
    assertThat(cost.perSession()).isEqualTo(3.8 / 3, EXACT);
    assertThat(cost.perMillionTokens()).isEqualTo(3.8 / 54 * 1e6, within(1e-6));
    assertThat(cost.parts().output()).isEqualTo(1.4, EXACT);
    assertThat(cost.parts().requests()).isEqualTo(2.0, EXACT);
  }

  @Test
  void waste_isAPartition_whoseSumIsTheWastedCost() {
    CostFigures figures = new CostFigures(PRICES);
    int request = 0;
    for (Outcome outcome : Outcome.values()) {
      figures.add(attempt(request++, 1, false, outcome, 2, 1));
      figures.add(attempt(request++, 2, false, outcome, 2, 1));
    }
    Summary.Waste waste = figures.waste(1);
    int others = Outcome.values().length - 1;
    assertThat(waste.causes().stream().mapToLong(Summary.WastedBy::attempts).sum())
        .isEqualTo(2L * others);
    assertThat(waste.causes())
        .extracting(Summary.WastedBy::cause)
        .doesNotHaveDuplicates()
        .hasSize(7);
    assertThat(waste.causes().getLast())
        .satisfies(
            retry -> {
              assertThat(retry.cause()).isEqualTo("retry");
              assertThat(retry.attempts()).isEqualTo(others);
            });
    Summary.Cost cost = cost(figures, 2, 2);
    double sum = waste.causes().stream().mapToDouble(by -> Objects.requireNonNull(by.cost())).sum();
    assertThat(cost.wasted()).isEqualTo(sum, EXACT).isPositive();
    assertThat(cost.total() - cost.wasted()).isEqualTo(2 * (0.5 + 0.1 + 0.2), within(1e-9));
  }

  @Test
  void neverSent_isNeitherARequestNorWaste() {
    CostFigures figures = new CostFigures(PRICES);
    AttemptRecord sent = attempt(1, 1, false, Outcome.UNFINISHED, 0, 5);
    AttemptRecord never =
        new AttemptRecord(
            -1,
            1,
            0,
            "",
            -1,
            0,
            -1,
            0,
            0,
            -1,
            -1,
            -1,
            -1,
            -1,
            -1,
            5,
            -1,
            Outcome.UNFINISHED,
            0,
            null,
            null,
            -1,
            -1,
            -1,
            -1,
            0,
            -1,
            TokenSource.CHUNKS,
            -1,
            0,
            0,
            0,
            HttpPhases.UNKNOWN,
            new long[0],
            new int[0],
            new long[0],
            new long[0]);
    figures.add(never);
    assertThat(figures.waste(1).causes()).isEmpty();
    figures.add(sent);
    assertThat(cost(figures, 0, 0).requests()).isEqualTo(1);
    assertThat(cost(figures, 0, 0).perSuccess()).isNull();
  }

  @Test
  void moneyByTime_isSharedOutByTheTimeOfEachRequest() {
    CostFigures figures = new CostFigures(HOURS);
    figures.add(attempt(1, 1, true, Outcome.DISCONNECTED, 1, SECOND, 10));
    figures.add(attempt(1, 2, false, Outcome.COMPLETED, 1, 2 * SECOND, 10));
    figures.add(attempt(2, 1, false, Outcome.COMPLETED, 1, 5 * SECOND, 10));
    // A thousand GPUs at 3.6 an hour: one a second.
    Summary.Cost cost = Objects.requireNonNull(figures.cost(20, 2, 2));
    assertThat(cost.total()).isEqualTo(20, EXACT);
    assertThat(cost.perRequestMax()).isEqualTo(20 * 5 / 8.0, within(1e-6));
    assertThat(cost.perRequestMean()).isEqualTo(10, EXACT);
    assertThat(cost.wasted()).isEqualTo(20 / 8.0, EXACT);
    assertThat(cost.parts().time()).isEqualTo(20, EXACT);
    assertThat(cost.parts().output()).isNull();
    assertThat(figures.waste(20).causes()).singleElement().extracting("cost").isEqualTo(2.5);
    assertThat(figures.bins(10, 20).getLast().high()).isBetween(12.5, 12.6);
  }

  @Test
  void distribution_hasItsIntervals() {
    CostFigures figures = new CostFigures(PRICES);
    for (int i = 0; i < 2000; i++) {
      figures.add(attempt(i, 1, false, Outcome.COMPLETED, i, 1, 10));
    }
    Summary.Cost cost = cost(figures, 2000, 2000);
    assertThat(cost.perRequestP50()).isEqualTo(0.6 + 99.9, within(0.2));
    assertThat(cost.perRequestP99()).isEqualTo(0.6 + 197.9, within(0.3));
    Summary.Interval p95 = Objects.requireNonNull(cost.ci95().get("p95"));
    assertThat(cost.perRequestP95()).isStrictlyBetween(p95.low(), p95.high());
    Summary.Interval mean = Objects.requireNonNull(cost.ci95().get("mean"));
    // Of 0, 0.1, … 199.9: a standard deviation of 57.7, over the root of 2,000.
    assertThat(mean.high() - mean.low())
        .isEqualTo(2 * 1.96 * 57.73 / Math.sqrt(2000), within(0.01));
    assertThat(figures.bins(40, 1).stream().mapToLong(bin -> bin.count()).sum()).isEqualTo(2000);
  }

  @Test
  void withoutPrices_tokensAreStillCounted() {
    CostFigures figures = new CostFigures(null);
    figures.add(attempt(1, 1, false, Outcome.ABANDONED, 4, 1));
    assertThat(figures.cost(1, 0, 0)).isNull();
    assertThat(figures.bins(10, 1)).isEmpty();
    assertThat(figures.waste(1).causes())
        .containsExactly(new Summary.WastedBy("abandonment", 1, 10, 4, null));
  }
}
