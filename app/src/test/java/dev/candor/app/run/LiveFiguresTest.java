package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.LimitReason;
import dev.candor.record.HealthWindow;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
