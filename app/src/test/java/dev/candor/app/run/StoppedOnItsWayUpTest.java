package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.Summary;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulation whose abort strikes before the steady load, which alone was to be judged. */
final class StoppedOnItsWayUpTest {
  @TempDir Path temp;

  @Test
  void simulate_stoppedInItsRamp_isJudgedByThat() throws IOException, InterruptedException {
    Path file = temp.resolve("ramp.yaml");
    Files.writeString(
        file,
        """
        name: ramp
        target:
          ignore_eos: true
          mock: {profile: h100-llama3-8b, engine: {max_num_seqs: 2}}
        workload: {mix: [{name: q, input: 500, output: 100}]}
        load:
          - {name: up, users: 40, ramp_from: 1, for: 120s}
          - {name: hold, users: 40, for: 120s}
        slo: {ttft: 200ms}
        abort: {goodput: 50%%, over: 10s}
        output: {dir: %s}
        """
            .formatted(temp.resolve("run")));
    Scenario scenario = ScenarioFile.read(file, Overrides.NONE, name -> null);
    Summary summary =
        ScenarioRun.simulated(scenario, LiveListener.SILENT, List.of(), 1, () -> false)
            .execute()
            .summary();
    assertThat(summary.stoppedBy()).isNotNull();
    assertThat(summary.phases()).singleElement().extracting(Summary.Phase::name).isEqualTo("up");
    assertThat(summary.overall().requests().completed()).isPositive();
  }
}
