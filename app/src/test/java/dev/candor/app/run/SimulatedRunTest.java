package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Verdict;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulatedRunTest {
  @TempDir Path temp;

  private Analysis simulated(String name, String yaml, int threads, BooleanSupplier interrupted)
      throws IOException, InterruptedException {
    Path file = Files.writeString(temp.resolve(name + ".yaml"), yaml);
    Overrides out =
        new Overrides(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            temp.resolve(name).toString(),
            null,
            List.of());
    Scenario scenario = ScenarioFile.read(file, out, variable -> null);
    return ScenarioRun.simulated(scenario, LiveListener.SILENT, List.of(), threads, interrupted)
        .execute();
  }

  @Test
  void simulated_onOneThreadOrMany_isTheSameByteForByte() throws Exception {
    String yaml =
        """
        name: threads
        target: {mock: {profile: h100-llama3-8b, engine: {replicas: 8}}}
        workload: {mix: [{name: chat, input: "lognormal(200, 0.5)", output: "uniform(20, 60)"}]}
        load:
          - {rate: 100/s, for: 3s, warmup: true}
          - {rate: 100/s, for: 7s}
        simulation: {network: {latency: 5ms, jitter: exponential(2ms), loss: 1%}}
        """;
    Analysis one = simulated("one", yaml, 1, () -> false);
    assertThat(one.run().loops()).isEqualTo(8);
    for (int i = 0; i < 3; i++) {
      Analysis many = simulated("many" + i, yaml, 4, () -> false);
      assertThat(many.detail()).isEqualTo(one.detail());
      for (String file :
          List.of("summary.json", "attempts.parquet", "windows.parquet", "client.parquet")) {
        assertThat(temp.resolve("many" + i).resolve(file))
            .hasSameBinaryContentAs(temp.resolve("one").resolve(file));
      }
    }
  }

  @Test
  void simulated_interrupted_keepsWhatWasSimulated() throws Exception {
    AtomicInteger asked = new AtomicInteger();

    Analysis analysis =
        simulated(
            "interrupted",
            """
            target: {mock: {ttft: 100ms, itl: 10ms}}
            workload: {mix: [{name: chat, input: 100, output: 20}]}
            load: [{users: 5, for: 1h}]
            """,
            1,
            () -> asked.incrementAndGet() > 20);

    assertThat(analysis.summary().verdict()).isEqualTo(Verdict.INTERRUPTED);
    assertThat(analysis.run().durationNanos() / 1e9).isBetween(5.0, 15.0);
    assertThat(analysis.summary().overall().requests().completed()).isPositive();
  }

  @Test
  void simulated_abort_endsItAtTheNextBarrier() throws Exception {
    Analysis analysis =
        simulated(
            "aborted",
            """
            target:
              mock: {ttft: 100ms, itl: 10ms, faults: [{fault: crash, replica: 0, from: 20s, for: 5m}]}
            workload: {mix: [{name: chat, input: 100, output: 20}]}
            load: [{users: 20, for: 10m}]
            abort: {failed: 50%, over: 10s}
            """,
            1,
            () -> false);

    assertThat(analysis.summary().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(analysis.summary().stoppedBy()).contains("abort.failed");
    assertThat(analysis.run().durationNanos() / 1e9).isBetween(20.0, 35.0);
  }
}
