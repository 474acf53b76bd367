package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.analysis.Analysis;
import dev.candor.app.cli.Version;
import dev.candor.base.error.CandorException;
import dev.candor.record.AttemptRecord;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunReader;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulation's figures, made on the way, are those of its records. */
final class SimulatedRecordsTest {
  /** Overload behind a cap, users who think, conversations, what is cut at the end. */
  private static final String SCENARIO =
      """
      name: small
      target:
        ignore_eos: true
        mock: {profile: h100-llama3-8b, engine: {max_num_seqs: 16}}
      workload:
        mix:
          - {name: q, input: "uniform(50,500)", output: "uniform(10,90)", share: 3}
          - {name: talk, input: 100, output: 20, follow_up: 30, turns: 3}
      load:
        - {rate: 20/s, for: 5s, warmup: true}
        - {name: a, rate: 60/s, for: 30s, max_in_flight: 40}
        - {name: b, users: 30, for: 30s, think: "exponential(200ms)"}
      slo: {ttft: 500ms, itl: 50ms}
      drain: 500ms
      """;

  @TempDir Path temp;

  private Analysis simulate(String records) throws IOException, InterruptedException {
    Path file = temp.resolve(records + ".yaml");
    Path out = temp.resolve(records);
    Files.writeString(
        file, SCENARIO + "simulation: {records: %s}%noutput: {dir: %s}%n".formatted(records, out));
    Scenario scenario = ScenarioFile.read(file, Overrides.NONE, name -> null);
    ScenarioRun run =
        ScenarioRun.simulated(scenario, LiveListener.SILENT, List.of(), 2, () -> false);
    Analysis analysis = run.execute();
    assertThat(analysis.summary().overall().requests().completed()).isGreaterThan(1_000);
    return analysis;
  }

  @Test
  void figures_areThoseOfTheRecords_withTheTokensOrWithoutThem()
      throws IOException, InterruptedException {
    Analysis made = simulate("tokens");
    RunDirectory tokens = RunDirectory.existing(temp.resolve("tokens"));
    String onTheWay = Files.readString(tokens.summaryJson());
    Analysis read =
        RunReports.write(tokens, ScenarioFile.readRecorded(tokens.scenarioYaml()), Version.text());
    assertThat(Files.readString(tokens.summaryJson())).isEqualTo(onTheWay);
    assertThat(made.detail().slowest()).hasSize(20);
    assertThat(made.detail().itl()).isNotNull();
    assertThat(read.detail()).isEqualTo(made.detail());

    assertThat(simulate("figures").detail()).isEqualTo(made.detail());
    RunDirectory figures = RunDirectory.existing(temp.resolve("figures"));
    assertThat(Files.readString(figures.summaryJson())).isEqualTo(onTheWay);
    List<AttemptRecord> with = attempts(tokens);
    List<AttemptRecord> without = attempts(figures);
    assertThat(with.stream().filter(each -> each.eventNanos().length > 0)).isNotEmpty();
    assertThat(without).hasSameSizeAs(with);
    for (int i = 0; i < with.size(); i += 97) {
      assertThat(without.get(i)).usingRecursiveComparison().isEqualTo(with.get(i).withoutEvents());
    }
    assertThatThrownBy(
            () ->
                RunReports.write(
                    figures, ScenarioFile.readRecorded(figures.scenarioYaml()), Version.text()))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("has no instants of tokens");
  }

  private static List<AttemptRecord> attempts(RunDirectory directory) {
    List<AttemptRecord> attempts = new ArrayList<>();
    try (RunReader reader = RunReader.open(directory.path())) {
      reader.forEachAttempt(attempts::add);
    }
    return attempts;
  }
}
