package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.Summary;
import dev.candor.analysis.warning.EarlyWarning;
import dev.candor.analysis.warning.Signal;
import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.Profiles;
import dev.candor.load.driver.LoadRun;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.record.RunWriter;
import dev.candor.record.ServerSample;
import dev.candor.report.console.FinalTable;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Timeouts;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A small KV cache fills up under more and more users, in virtual time. */
final class EarlyWarningRunTest {
  private static final long SECOND = 1_000_000_000;
  private static final Distribution NO_THINKING = new Distribution.Constant(0);

  @TempDir Path temp;

  /** Writes the records of {@code steps} against an engine, and judges them. */
  private Summary summary(long seed, List<LoadStep> steps, Timeouts timeouts) throws Exception {
    EngineSettings profile = ((EngineProfile) Profiles.named("h100-llama3-8b")).settings();
    EngineSettings small = profile.withKvCache(profile.kvCache().withBlocks(3000));
    VirtualRun run =
        new VirtualRun(
            small,
            new Seed(seed),
            new Distribution.Uniform(300, 700),
            new Distribution.Uniform(200, 400),
            timeouts);
    RunDirectory directory = RunDirectory.create(temp.resolve("run-" + seed));
    List<ServerSample> samples = new ArrayList<>();
    run.onSamples(samples::addAll);
    try (RunWriter writer = RunWriter.open(directory)) {
      run.onAttempt(writer::append);
      LoadRun load = run.carryOut(steps, 10 * SECOND);
      writer.appendServer(samples);
      writer.finish(
          new RunInfo(
              "1",
              "ramp",
              seed,
              "simulated",
              "m",
              Instant.EPOCH,
              run.time.nanoTime(),
              false,
              null,
              1,
              "here",
              load.phases(),
              List.of()));
    }
    Path yaml =
        Files.writeString(
            directory.scenarioYaml(),
            """
            name: ramp
            slo: {ttft: 500ms}
            load: [{users: 1, for: 1s}]
            """);
    Scenario scenario = ScenarioFile.read(yaml, Overrides.NONE, name -> null);
    return RunReports.write(directory, scenario, "1").summary();
  }

  private static LoadStep ramp(int from, int to, long seconds) {
    return new LoadStep.Closed("ramp", seconds * SECOND, false, from, to, NO_THINKING);
  }

  private static LoadStep hold(int users, long seconds) {
    return new LoadStep.Closed("hold", seconds * SECOND, false, users, users, NO_THINKING);
  }

  private static Timeouts firstToken(long seconds) {
    return new Timeouts(SECOND, 60 * SECOND, seconds * SECOND, 60 * SECOND, 600 * SECOND);
  }

  @Test
  void ramp_kvPressurePrecedesTheFirstError() throws Exception {
    Summary summary = summary(1, List.of(ramp(1, 120, 180)), firstToken(2));
    EarlyWarning warning = Objects.requireNonNull(summary.earlyWarning());
    String table = FinalTable.render(summary, 80);
    System.out.println(table);
    EarlyWarning.Row kv = row(warning, Signal.KV_USAGE);
    assertThat(Objects.requireNonNull(kv.toFirstError()).least()).isBetween(20.0, 60.0);
    assertThat(Objects.requireNonNull(kv.toMissed()).least()).isBetween(8.0, 25.0);
    assertThat(Objects.requireNonNull(kv.alertAt())).isBetween(0.6, 0.9);
    assertThat(warning.best()).isEqualTo(kv);
    assertThat(table)
        .containsPattern(
            "KV cache in use +\\d+ % +\\d+\\.\\d s +9\\d % +\\+\\d+\\.\\d s +\\+\\d+\\.\\d s")
        .contains("ahead of the first error");
    assertThat(table.lines()).allMatch(line -> line.length() <= 80);
    assertThat(Files.readString(temp.resolve("run-1/report.html"))).contains("<h2>Early warning");
    assertThat(Files.readString(temp.resolve("run-1/summary.json")))
        .contains("\"alert_on\" : \"kv_usage\"");
    List<Map<String, Object>> rules = rules(temp.resolve("run-1/alerts.yaml"));
    assertThat(rules.getFirst())
        .containsEntry("alert", "LlmKvCacheFilling")
        .hasEntrySatisfying(
            "expr",
            expression ->
                assertThat(expression)
                    .asString()
                    .matches("max by \\(model_name\\) \\(vllm:kv_cache_usage_perc\\) > 0\\.\\d+"));
  }

  private static EarlyWarning.Row row(EarlyWarning warning, Signal signal) {
    return warning.signals().stream()
        .filter(each -> each.signal() == signal)
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> rules(Path file) throws Exception {
    Map<String, Object> root =
        (Map<String, Object>)
            new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    List<Map<String, Object>> groups =
        (List<Map<String, Object>>) Objects.requireNonNull(root.get("groups"));
    return (List<Map<String, Object>>) Objects.requireNonNull(groups.getFirst().get("rules"));
  }

  @Test
  void hold_withRoom_hasNoTrouble_andNoRules() throws Exception {
    Summary summary = summary(2, List.of(hold(20, 60)), firstToken(2));
    assertThat(summary.earlyWarning()).isNull();
    assertThat(temp.resolve("run-2/alerts.yaml")).doesNotExist();
  }
}
