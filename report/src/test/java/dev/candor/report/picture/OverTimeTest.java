package dev.candor.report.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.Analysis.Window;
import dev.candor.record.PhaseRecord;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OverTimeTest {
  private static final long SECOND = 1_000_000_000;

  private static Window window(int second, String phase) {
    return new Window(
        second, phase, false, Set.of(), 1, 7, 1, 0, 10, 10, 100.0, 100.0, 100.0, 100.0, 20.0, 20.0,
        20.0, 0.5, 0.5, 0.5, 0.1, 0.2, null, 0.3, null, 0.01, 0.0, 0.0, 0, 0.5, 0);
  }

  private static PhaseRecord phase(
      int index, String name, @Nullable Integer users, @Nullable Double rate, boolean ramp) {
    return new PhaseRecord(
        index,
        name,
        "any",
        users,
        rate,
        ramp,
        false,
        SECOND,
        index * SECOND,
        (index + 1) * SECOND,
        0);
  }

  private static Lines ttft(PhaseRecord... phases) {
    List<Window> windows = List.of(window(0, "a"), window(1, "b"));
    return (Lines) new OverTime(List.of(phases), windows, new TimeLine(windows)).ttft().plot();
  }

  @Test
  void load_isTheUsers_unknownInARamp() {
    Lines lines = ttft(phase(0, "a", 9, null, true), phase(1, "b", 9, null, false));
    assertThat(Objects.requireNonNull(lines.right()).name()).isEqualTo("users");
    assertThat(lines.series().getLast().values()).containsExactly(null, 9.0);
    assertThat(lines.series().getLast().right()).isTrue();
  }

  @Test
  void load_withoutUsers_isTheRateAskedFor_orWhatCame() {
    Lines asked = ttft(phase(0, "a", null, 5.0, false), phase(1, "b", null, 8.0, false));
    assertThat(asked.series().getLast().name()).isEqualTo("rate asked for");
    assertThat(asked.series().getLast().values()).containsExactly(5.0, 8.0);
    Lines replayed = ttft(phase(0, "a", null, null, false));
    assertThat(replayed.series().getLast().values()).containsExactly(7.0, 7.0);
  }

  @Test
  void goodput_isInPercent_onTheRight() {
    List<Window> windows = List.of(window(0, "a"));
    Lines throughput =
        (Lines) new OverTime(List.of(), windows, new TimeLine(windows)).pictures().get(2).plot();
    assertThat(throughput.series().getLast().values()).containsExactly(50.0);
    assertThat(throughput.series().getLast().right()).isTrue();
  }
}
