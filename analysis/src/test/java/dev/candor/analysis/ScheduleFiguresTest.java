package dev.candor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.PhaseRecord;
import dev.candor.record.StartLateness;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ScheduleFiguresTest {
  private static PhaseRecord phase(@Nullable StartLateness lateness) {
    return new PhaseRecord(0, "x", "open", null, 1.0, false, false, 9, 0, 9, 0, lateness);
  }

  private static StartLateness lateness(long count, long scale) {
    return new StartLateness(
        count,
        2e6 * scale,
        1_000_000,
        scale * 1_000_000,
        scale * 2_000_000,
        scale * 3_000_000,
        scale * 4_000_000,
        scale * 5_000_000,
        scale * 6_000_000);
  }

  @Test
  void onePhase_isAsCounted_inMilliseconds() {
    Summary.Latency late =
        Objects.requireNonNull(ScheduleFigures.of(List.of(phase(lateness(20_000, 1)))));
    assertThat(late.count()).isEqualTo(20_000);
    assertThat(late.mean()).isEqualTo(2);
    assertThat(late.min()).isEqualTo(1);
    assertThat(late.p50()).isEqualTo(1);
    assertThat(late.p90()).isEqualTo(2);
    assertThat(late.p95()).isEqualTo(3);
    assertThat(late.p99()).isEqualTo(4);
    assertThat(late.p999()).isEqualTo(5);
    assertThat(late.max()).isEqualTo(6);
  }

  @Test
  void fewStarts_haveNoHighPercentiles() {
    Summary.Latency late =
        Objects.requireNonNull(ScheduleFigures.of(List.of(phase(lateness(100, 1)))));
    assertThat(late.p90()).isEqualTo(2);
    assertThat(late.p95()).isNull();
    assertThat(late.p99()).isNull();
    assertThat(late.max()).isEqualTo(6);
  }

  @Test
  void severalPhases_areTheWorst_andThoseWithoutAScheduleAreLeftOut() {
    Summary.Latency late =
        Objects.requireNonNull(
            ScheduleFigures.of(
                List.of(phase(lateness(3_000, 1)), phase(null), phase(lateness(1_000, 5)))));
    assertThat(late.count()).isEqualTo(4_000);
    assertThat(late.mean()).isEqualTo(4);
    assertThat(late.min()).isEqualTo(1);
    assertThat(late.p99()).isEqualTo(20);
    assertThat(late.max()).isEqualTo(30);
  }

  @Test
  void noStarts_areUnknown() {
    assertThat(ScheduleFigures.of(List.of(phase(null)))).isNull();
    assertThat(ScheduleFigures.of(List.of(phase(new StartLateness(0, 0, 0, 0, 0, 0, 0, 0, 0)))))
        .isNull();
  }
}
