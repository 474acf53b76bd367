package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.time.Clock;
import dev.candor.record.Checkpoint;
import dev.candor.record.LeftRun;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.record.StartLateness;
import dev.candor.record.SweepStep;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TimelineTest {
  private static final long SECOND = 1_000_000_000;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path temp;

  /** A machine that was started anew: its monotonic clock knows nothing of the run's start. */
  private static Clock clockAt(long sinceStart) {
    return new Clock() {
      @Override
      public long nanoTime() {
        return 5 * SECOND;
      }

      @Override
      public Instant wallTime() {
        return START.plusNanos(sinceStart);
      }
    };
  }

  private static PhaseRecord phase(int index, long from, long to, long planned) {
    return new PhaseRecord(
        index, "p" + index, "open", null, 1.0, false, false, planned, from, to, 3, late(10, index));
  }

  private static StartLateness late(long count, long nanos) {
    return new StartLateness(count, nanos, nanos, nanos, nanos, nanos, nanos, nanos, nanos);
  }

  private static LeftRun left(long last, List<RunInfo.Gap> gaps, List<PhaseRecord> planned) {
    return left("1", last, gaps, planned);
  }

  private static LeftRun left(
      String version, long last, List<RunInfo.Gap> gaps, List<PhaseRecord> planned) {
    RunInfo info =
        new RunInfo(
            version, "s", 1, "t", "m", START, 0, false, null, 1, "here", List.of(), List.of(), null,
            gaps, 0, false);
    return new LeftRun(
        new RunDirectory(Path.of("run")),
        new Checkpoint(info, planned, 7),
        new LeftRun.Logged(last, 4.4, 10, 9, Map.of(), 20, 0, 0, 0, 0));
  }

  @Test
  void goOn_recordsStayOnTheFirstOrigin_theGapIsTheDeadTime() {
    LeftRun left =
        left(
            7 * SECOND,
            List.of(),
            List.of(
                phase(0, 0, 5 * SECOND, 5 * SECOND),
                phase(1, 5 * SECOND, 15 * SECOND, 10 * SECOND)));
    Timeline timeline = Timeline.goOn(left, clockAt(27 * SECOND));
    long from = timeline.from() - timeline.origin();
    assertThat(from).isBetween(27 * SECOND, 28 * SECOND);
    assertThat(timeline.gaps()).containsExactly(new RunInfo.Gap(7 * SECOND, from));
    assertThat(timeline.start()).isEqualTo(START);
    assertThat(Timeline.firstLeft(left)).isEqualTo(1);
    assertThat(Timeline.done(left, 1)).isEqualTo(2 * SECOND);
    assertThat(timeline.activeNanos(timeline.from())).isEqualTo(7 * SECOND);
    assertThat(timeline.notes())
        .anyMatch(note -> note.startsWith("20.1 s lost between 7.0 s and 27.1 s"))
        .anyMatch(note -> note.startsWith("about 4 requests were in flight"));
  }

  @Test
  void goOn_calendarSetBack_timeGoesOnAllTheSame() {
    LeftRun left = left(7 * SECOND, List.of(), List.of(phase(0, 0, 15 * SECOND, 15 * SECOND)));
    Timeline timeline = Timeline.goOn(left, clockAt(-3600 * SECOND));
    assertThat(timeline.from() - timeline.origin()).isGreaterThan(7 * SECOND);
  }

  @Test
  void killedTwice_inOneStep_whatWasDoneOfItIsBothParts() {
    // 10 s of work from 5 s on: 2 s, a gap of 20 s, 3 s, another gap.
    LeftRun left =
        left(
            30 * SECOND,
            List.of(new RunInfo.Gap(7 * SECOND, 27 * SECOND)),
            List.of(
                phase(0, 0, 5 * SECOND, 5 * SECOND),
                phase(1, 5 * SECOND, 35 * SECOND, 10 * SECOND)));
    assertThat(Timeline.done(left, 1)).isEqualTo(5 * SECOND);
    Timeline timeline = Timeline.goOn(left, clockAt(100 * SECOND));
    assertThat(timeline.gaps()).hasSize(2);
    assertThat(timeline.activeNanos(timeline.from())).isEqualTo(10 * SECOND);
  }

  @Test
  void phases_whatWasOverStays_theInterruptedOneIsBothParts() {
    LeftRun left =
        left(
            7 * SECOND,
            List.of(),
            List.of(
                phase(0, 0, 5 * SECOND, 5 * SECOND),
                phase(1, 5 * SECOND, 15 * SECOND, 10 * SECOND)));
    Timeline timeline = Timeline.goOn(left, clockAt(27 * SECOND));
    PhaseRecord later = phase(1, 25 * SECOND, 35 * SECOND, 10 * SECOND);
    List<PhaseRecord> phases = timeline.phases(List.of(phase(0, 99, 99, 5 * SECOND), later));
    assertThat(phases.get(0)).isEqualTo(left.checkpoint().planned().getFirst());
    PhaseRecord both = phases.get(1);
    assertThat(both.startNanos()).isEqualTo(5 * SECOND);
    assertThat(both.endNanos()).isEqualTo(35 * SECOND);
    assertThat(both.heldBack()).isEqualTo(6);
    assertThat(both.lateness()).isNotNull();
    assertThat(both.lateness().count()).isEqualTo(20);
  }

  @Test
  void check_refusesWhatCannotGoOn() throws Exception {
    Path file =
        Files.writeString(
            temp.resolve("s.yaml"),
            """
            target: {mock: {}}
            workload: {mix: [{name: chat, share: 1, input: 10, output: 10}]}
            load: [{users: 1, for: 10s}]
            """);
    Scenario scenario = ScenarioFile.read(file, Overrides.NONE, variable -> null);
    PhaseRecord phase = phase(0, 0, 10 * SECOND, 10 * SECOND);
    Timeline.check(left(5 * SECOND, List.of(), List.of(phase)), scenario, "1");
    assertThatThrownBy(
            () -> Timeline.check(left("2", 5 * SECOND, List.of(), List.of(phase)), scenario, "1"))
        .hasMessageContaining("Candor 2 recorded it, this is 1");
    assertThatThrownBy(
            () -> Timeline.check(left(10 * SECOND, List.of(), List.of(phase)), scenario, "1"))
        .hasMessageContaining("its load was over");
    assertThatThrownBy(
            () -> Timeline.check(left(5 * SECOND, List.of(), List.of(phase, phase)), scenario, "1"))
        .hasMessageContaining("has 1 steps, but the run was of 2");
    SweepStep step = new SweepStep(1, 0, true, SweepStep.Mark.GOOD, "");
    assertThatThrownBy(
            () ->
                Timeline.check(left(5 * SECOND, List.of(), List.of(phase.of(step))), scenario, "1"))
        .hasMessageContaining("a sweep cannot go on");
  }
}
