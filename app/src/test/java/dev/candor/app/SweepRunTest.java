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

/** Sweeps over sockets, from the command line. */
final class SweepRunTest {
  private static final String FIND =
      """
      name: small
      target: {mock: {ttft: 20ms, itl: 2ms, max_concurrency: 4}}
      workload: {mix: [{name: chat, input: 30, output: 20}]}
      find:
        maximise: users
        from: 2
        to: 16
        while: "ttft.p50 < 5s"
        warmup: 500ms
        step: {ramp: 200ms, requests: 30, at_least: 500ms, at_most: 3s, pause: 100ms, drain: 2s}
        repeats: 1
      """;

  @TempDir private Path temp;

  private Path run() {
    return temp.resolve("run");
  }

  private JsonNode summary() throws IOException {
    return JsonMapper.shared().readTree(run().resolve("summary.json").toFile());
  }

  @Test
  void find_fromAFile_leavesItsSteps_andIsJudgedAgainToTheSame() throws IOException {
    Path scenario = Files.writeString(temp.resolve("find.yaml"), FIND);

    Invocation found = Invocation.of("run", scenario.toString(), "--out", run().toString());

    assertThat(found.carriedOut()).as(found.output() + found.error()).isTrue();
    JsonNode saturation = summary().get("saturation");
    assertThat(saturation.get("knee").asDouble()).isEqualTo(16);
    assertThat(saturation.get("ended").asString()).contains("lies higher");
    assertThat(saturation.get("steps").valueStream().map(step -> step.get("level").asDouble()))
        .containsExactly(2.0, 3.0, 5.0, 8.0, 13.0, 16.0);
    assertThat(found.output()).contains("saturation").contains("knee: 16 users");
    assertThat(Files.readString(run().resolve("report.html"))).contains("<h2>Saturation</h2>");

    String before = Files.readString(run().resolve("summary.json"));
    Invocation again = Invocation.of("report", run().toString());

    assertThat(again.exitCode()).isEqualTo(found.exitCode());
    assertThat(Files.readString(run().resolve("summary.json"))).isEqualTo(before);
  }

  @Test
  void sweep_ofFlags_narrowsTheBracket_andItsThresholdDecides() throws IOException {
    Path scenario = Files.writeString(temp.resolve("find.yaml"), FIND);

    // Four at a time of 60 ms each: with eight users everyone waits for one other.
    Invocation swept =
        Invocation.of(
            "sweep",
            scenario.toString(),
            "--users",
            "2..16",
            "--while",
            "ttft.p50 < 50ms",
            "--resolution",
            "50%",
            "--threshold",
            "knee >= 100",
            "--out",
            run().toString());

    assertThat(swept.exitCode())
        .as(swept.output() + swept.error())
        .isIn(ExitCode.THRESHOLD_FAILED, ExitCode.CLIENT_LIMITED);
    JsonNode saturation = summary().get("saturation");
    if (swept.exitCode() == ExitCode.THRESHOLD_FAILED) {
      assertThat(saturation.get("knee").asDouble()).isBetween(2.0, 8.0);
      assertThat(saturation.get("first_bad").asDouble()).isLessThanOrEqualTo(13);
      assertThat(summary().get("thresholds").get(0).get("value").asDouble())
          .isEqualTo(saturation.get("knee").asDouble());
    }
  }

  @Test
  void sweep_mistakesInFlags_areNamed() {
    Invocation range = Invocation.of("sweep", "--users", "10");
    assertThat(range.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(range.error()).contains("--users").contains("must be a range such as 10..100");

    Invocation condition = Invocation.of("sweep", "--while", "goodptu > 1");
    assertThat(condition.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(condition.error()).contains("there is no metric 'goodptu'");

    Invocation both = Invocation.of("sweep", "--users", "1..9", "--rate", "1/s..9/s");
    assertThat(both.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(both.error()).contains("keep one of them");
  }
}
