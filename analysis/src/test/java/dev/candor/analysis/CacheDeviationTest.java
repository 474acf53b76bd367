package dev.candor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.PhaseRecord;
import dev.candor.scenario.CachePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CacheDeviationTest {
  private static Summary.Phase phase(
      @Nullable Double asked, @Nullable Double usage, @Nullable Double server) {
    Summary.Phase empty =
        new PhaseFigures(null)
            .summarize(
                "hold",
                List.of(new PhaseRecord(0, "hold", "closed", 1, null, false, false, 1, 0, 1, 0)),
                1,
                null,
                null,
                Summary.Client.UNWATCHED);
    return new Summary.Phase(
        empty.name(),
        empty.kind(),
        empty.users(),
        empty.rate(),
        empty.durationS(),
        empty.requests(),
        empty.attempts(),
        empty.retryAmplification(),
        empty.tokens(),
        empty.rates(),
        empty.latency(),
        empty.goodput(),
        empty.cost(),
        new Summary.Cache(asked, usage, server, null),
        empty.sessions(),
        empty.http(),
        empty.targets(),
        empty.client());
  }

  private static CachePlan mixed(double tolerance) {
    return new CachePlan(new CachePlan.Mixed(0.6, 16), tolerance, null);
  }

  @Test
  void judge_withinFivePoints_isOk_beyond_not() {
    assertThat(CacheDeviation.judge(mixed(0.05), List.of(phase(0.6, 0.5501, null))))
        .extracting(Summary.ThresholdResult::ok)
        .containsExactly(true);
    List<Summary.ThresholdResult> missed =
        CacheDeviation.judge(mixed(0.05), List.of(phase(0.6, 0.5499, 0.6)));
    assertThat(missed.getFirst().ok()).isFalse();
    assertThat(missed.getFirst().expr())
        .isEqualTo("cache_hit_rate of hold within 5.00 points of 60.0 % (mixed)");
    assertThat(missed.getFirst().value()).isEqualTo(0.5499);
  }

  @Test
  void judge_usageUnknown_takesTheServersCounters_elseItIsMissed() {
    assertThat(CacheDeviation.judge(mixed(0.05), List.of(phase(0.6, null, 0.61))).getFirst().ok())
        .isTrue();
    assertThat(CacheDeviation.judge(mixed(0.05), List.of(phase(0.6, null, null))).getFirst().ok())
        .isFalse();
  }

  @Test
  void judge_nothingAsked_orAllAllowed_saysNothing() {
    assertThat(CacheDeviation.judge(null, List.of(phase(0.6, 0.1, null)))).isEmpty();
    assertThat(CacheDeviation.judge(mixed(1), List.of(phase(0.6, 0.1, null)))).isEmpty();
    assertThat(CacheDeviation.judge(mixed(0.05), List.of(phase(null, 0.1, null)))).isEmpty();
  }
}
