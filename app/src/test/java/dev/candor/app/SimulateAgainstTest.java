package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code candor simulate --against}: a simulation stands in for what was measured. */
final class SimulateAgainstTest {
  private static final String SCENARIO =
      """
      name: little
      target: {ignore_eos: true, mock: {profile: PROFILE}}
      workload: {mix: [{name: question, input: 100, output: 20}]}
      load:
        - {name: slow, rate: 2/s, for: 20s}
        - {name: quick, rate: 10/s, for: 20s}
      """;

  @TempDir Path temp;

  private Path scenario(String profile) throws IOException {
    return Files.writeString(temp.resolve(profile + ".yaml"), SCENARIO.replace("PROFILE", profile));
  }

  private Path simulated(String profile) throws IOException {
    Path run = temp.resolve("run-" + profile);
    Invocation simulate =
        Invocation.of("simulate", scenario(profile).toString(), "--quiet", "--out", run.toString());
    assertThat(simulate.error()).isEmpty();
    return run;
  }

  @Test
  void another_engine_isComparedPhaseByPhase() throws IOException {
    Path measured = simulated("h100-llama3.1-8b");
    Path out = temp.resolve("out");
    Invocation against =
        Invocation.of(
            "simulate",
            scenario("a100-llama3.1-8b").toString(),
            "--against",
            measured.toString(),
            "--out",
            out.toString());
    assertThat(against.error()).isEmpty();
    assertThat(against.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(against.output())
        .containsSubsequence(
            "measured:  " + measured,
            "the measured run is a simulation itself",
            "slow",
            "ttft mean",
            "quick",
            "overall",
            "mean absolute error over 2 phases")
        .doesNotContain("differs");
    JsonNode json = JsonMapper.shared().readTree(Files.readString(out.resolve("against.json")));
    JsonNode itl = json.path("phases").path(0).path("itl.mean");
    // 15.0 GB of weights at 2,039 in place of 3,350 GB/s.
    assertThat(itl.path("error").doubleValue()).isBetween(0.3, 0.6);
    assertThat(itl.path("predicted").doubleValue())
        .isGreaterThan(itl.path("measured").doubleValue());
  }

  @Test
  void withoutAScenario_theRunsOwnIsSimulated_withoutAnError() throws IOException {
    Path measured = simulated("h100-llama3.1-8b");
    Invocation against =
        Invocation.of(
            "simulate",
            "--against",
            measured.toString(),
            "--json",
            "--out",
            temp.resolve("again").toString());
    assertThat(against.error()).isEmpty();
    JsonNode json = JsonMapper.shared().readTree(against.output());
    assertThat(json.path("differences").size()).isZero();
    json.path("mean_absolute_error").forEach(error -> assertThat(error.doubleValue()).isZero());
    assertThat(json.path("mean_absolute_error").path("ttft.mean").isNumber()).isTrue();
  }

  @Test
  void mistakes_areToldBeforeAnythingIsSimulated() throws IOException {
    Path out = temp.resolve("none");
    Invocation nowhere =
        Invocation.of(
            "simulate",
            scenario("tiny").toString(),
            "--against",
            temp.resolve("nothing").toString(),
            "--out",
            out.toString());
    assertThat(nowhere.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(nowhere.error()).contains("nothing").doesNotContain("\tat ");
    Invocation seeds =
        Invocation.of(
            "simulate", scenario("tiny").toString(), "--against", temp.toString(), "--seeds", "3");
    assertThat(seeds.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(seeds.error()).contains("--against: compares one simulation; leave --seeds out");
    assertThat(out).doesNotExist();
  }
}
