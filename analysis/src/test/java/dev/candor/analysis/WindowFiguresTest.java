package dev.candor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.RunInfo;
import dev.candor.record.RunReader;
import dev.candor.record.TokenSource;
import dev.candor.scenario.Slo;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WindowFiguresTest {
  private static final long MS = 1_000_000;
  private static final Slo NO_SLO = Slo.NONE;

  private static AttemptRecord attempt(long intended, int tokens, long gap) {
    long[] nanos = new long[tokens];
    int[] carried = new int[tokens];
    Arrays.fill(carried, 1);
    Arrays.setAll(nanos, i -> intended + 200 * MS + i * gap);
    return new AttemptRecord(
        0,
        1,
        0,
        "c",
        0,
        0,
        AttemptRecord.NONE,
        0,
        intended,
        intended,
        intended,
        nanos[0],
        nanos[1],
        nanos[0],
        nanos[tokens - 1],
        nanos[tokens - 1],
        -1,
        Outcome.COMPLETED,
        200,
        null,
        null,
        1,
        1,
        -1,
        AttemptRecord.NONE,
        tokens,
        -1,
        TokenSource.USAGE,
        1,
        1,
        0,
        0,
        HttpPhases.UNKNOWN,
        nanos,
        carried,
        new long[0],
        new long[0]);
  }

  private static RunInfo run(List<RunInfo.Gap> gaps) {
    return new RunInfo(
        "1",
        "s",
        1,
        "t",
        "m",
        Instant.EPOCH,
        1,
        false,
        null,
        1,
        "here",
        List.of(),
        List.of(),
        null,
        gaps,
        0,
        false);
  }

  @Test
  void gap_isMarked_andNoFigureButThat() {
    WindowFigures figures = new WindowFigures();
    figures.add(attempt(0, 2, 40 * MS), NO_SLO);
    figures.add(attempt(5_000 * MS, 2, 40 * MS), NO_SLO);
    RunInfo info = run(List.of(new RunInfo.Gap(1_250 * MS, 4_750 * MS)));
    List<Analysis.Window> windows = figures.windows(info, List.of(), new ClientHealth(null));
    assertThat(windows)
        .extracting(Analysis.Window::deadShare)
        .containsExactly(0.0, 0.75, 1.0, 1.0, 0.75, 0.0);
    assertThat(windows)
        .extracting(Analysis.Window::dead)
        .containsExactly(false, true, true, true, true, false);
    assertThat(WindowFigures.rows(windows.get(2)))
        .containsExactly(new RunReader.WindowValue(2, "", "dead", 1));
    assertThat(WindowFigures.rows(windows.get(5)))
        .extracting(RunReader.WindowValue::metric)
        .contains("output_tps")
        .doesNotContain("dead");
  }

  @Test
  void hours_holdTheSketchesOfWhatIsInFlight() {
    WindowFigures figures = new WindowFigures();
    int most = 0;
    for (int second = 0; second < 10_800; second++) {
      figures.add(attempt(second * 1000L * MS, 50, 40 * MS), NO_SLO);
      most = Math.max(most, figures.open());
    }
    assertThat(most).isLessThanOrEqualTo(4);
    List<Analysis.Window> windows =
        figures.windows(run(List.of()), List.of(), new ClientHealth(null));
    assertThat(windows).hasSize(10_802);
    assertThat(windows.subList(3, 10_800))
        .allMatch(w -> w.arrivals() == 1 && w.ended() == 1 && w.outputTps() == 50);
    assertThat(windows.get(1000).itlP50()).isBetween(39.9, 40.1);
    assertThat(windows.get(1000).ttftMax()).isEqualTo(200.0);
  }

  @Test
  void longAnswers_areCountedInEverySecondTheyLast() {
    WindowFigures figures = new WindowFigures();
    for (int i = 0; i < 10; i++) {
      figures.add(attempt(i * 100L * MS, 32_000, 20 * MS), NO_SLO);
    }
    assertThat(figures.open()).isGreaterThan(600);
    List<Analysis.Window> windows =
        figures.windows(run(List.of()), List.of(), new ClientHealth(null));
    assertThat(figures.open()).isZero();
    assertThat(windows.subList(5, 600))
        .allMatch(w -> w.outputTps() == 500 && w.itlP99() != null && w.itlP99() < 20.1);
  }
}
