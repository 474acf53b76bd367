package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.LimitReason;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.RunInfo;
import dev.candor.record.TokenSource;
import dev.candor.report.console.LiveSecond;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live view warns of what the verdict will judge by. */
final class LiveFiguresTest {
  private static final long MS = 1_000_000;

  @TempDir Path temp;
  private LiveFigures figures;

  @BeforeEach
  void begin() throws Exception {
    Path file = temp.resolve("live.yaml");
    Files.writeString(
        file,
        """
        target: {mock: {}}
        workload: {mix: [{name: chat, share: 1, input: 10, output: 10}]}
        load: [{users: 1, for: 60s}]
        """);
    Scenario scenario = ScenarioFile.read(file, Overrides.NONE, variable -> null);
    figures = new LiveFigures(scenario);
  }

  private static AttemptRecord answer(int phase) {
    int none = AttemptRecord.NONE;
    return new AttemptRecord(
        0,
        1,
        phase,
        "chat",
        0,
        0,
        none,
        0,
        0,
        0,
        MS,
        MS,
        none,
        none,
        MS,
        MS,
        none,
        Outcome.COMPLETED,
        200,
        null,
        null,
        10,
        10,
        none,
        none,
        1,
        none,
        TokenSource.USAGE,
        1,
        0,
        0,
        0,
        HttpPhases.UNKNOWN,
        new long[] {MS},
        new int[] {1},
        new long[0],
        new long[0]);
  }

  private void second(int second, long loopDelayNanos, double runQueueShare) {
    figures.add(
        new HealthWindow(
            second,
            loopDelayNanos,
            0,
            HealthWindow.Pauses.UNKNOWN,
            new HealthWindow.Cpu(0.5, null, runQueueShare, null),
            new HealthWindow.Queues(null, null, 0, 0, 0),
            1,
            1,
            10));
  }

  @Test
  void quietSeconds_warnOfNothing() {
    second(0, 9 * MS, 0.1);
    assertThat(figures.snapshot(MS).limits()).isEmpty();
  }

  @Test
  void limitedSecond_isToldWithItsReason_asLongAsAPlainLineMayTake() {
    second(0, 11 * MS, 0);
    second(1, MS, 0.9);
    assertThat(figures.snapshot(MS).limits())
        .containsExactly(LimitReason.LOOP_DELAY, LimitReason.RUN_QUEUE);
    for (int second = 2; second < 6; second++) {
      second(second, MS, 0);
    }
    assertThat(figures.snapshot(MS).limits()).containsExactly(LimitReason.RUN_QUEUE);
    second(6, MS, 0);
    assertThat(figures.snapshot(MS).limits()).isEmpty();
  }

  @Test
  void stepOfASweep_isShownByItself_lateAttemptsOfItsRampForgetNothing() throws Exception {
    Path file =
        Files.writeString(
            temp.resolve("sweep.yaml"), "sweep: {users: 2..16, while: \"ttft.p50 < 5s\"}");
    figures = new LiveFigures(ScenarioFile.read(file, Overrides.NONE, variable -> null));
    int ramp = 1;
    int step = 2;
    for (int phase : List.of(0, 0, ramp, ramp, step, ramp, step, ramp, step)) {
      figures.add(answer(phase));
    }
    assertThat(figures.snapshot(MS, "users-2").completed()).isEqualTo(5);
    figures.add(answer(3));
    assertThat(figures.snapshot(MS, "users-3").completed()).isEqualTo(1);
  }

  @Test
  void seconds_haveThePhaseOfTheirTime_whereAnEarlierProcessDied_withoutTheGap() throws Exception {
    Path file =
        Files.writeString(
            temp.resolve("steps.yaml"),
            """
            target: {mock: {}}
            workload: {mix: [{name: chat, share: 1, input: 10, output: 10}]}
            load: [{name: few, users: 1, for: 2s}, {name: many, users: 9, for: 2s}]
            """);
    figures = new LiveFigures(ScenarioFile.read(file, Overrides.NONE, variable -> null));
    figures.gaps(List.of(new RunInfo.Gap(1000 * MS, 11_000 * MS)));
    figures.add(answer(0));
    for (int second : List.of(0, 11, 12, 13, 14)) {
      second(second, second == 12 ? 11 * MS : 0, 0);
    }
    List<LiveSecond> seconds = figures.snapshot(4000 * MS).seconds();
    assertThat(seconds)
        .extracting(LiveSecond::phase)
        .containsExactly("few", "few", "many", "many", "draining");
    assertThat(seconds)
        .extracting(LiveSecond::limited)
        .containsExactly(false, false, true, false, false);
    assertThat(seconds.getFirst().completed()).isEqualTo(1);
    assertThat(seconds.getFirst().outputTps()).isEqualTo(10);
    assertThat(figures.snapshot(4000 * MS).seconds()).isEmpty();
  }
}
