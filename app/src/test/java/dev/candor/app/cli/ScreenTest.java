package dev.candor.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.app.run.ScenarioRun;
import dev.candor.base.error.CandorException;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What machines read of a run on standard output. */
final class ScreenTest {
  @TempDir Path temp;

  @Test
  void jsonLines_haveEverySecondOnce_andTheSummaryLast() throws Exception {
    Path file =
        Files.writeString(
            temp.resolve("lines.yaml"),
            """
            target: {mock: {profile: h100-llama3-8b}}
            workload: {mix: [{name: chat, share: 1, input: 50, output: 20}]}
            load: [{name: few, users: 2, for: 30s}, {name: many, users: 4, for: 30s}]
            thresholds: ["ttft.p99 < 60s"]
            output: {dir: %s}
            """
                .formatted(temp.resolve("run")));
    Scenario scenario = ScenarioFile.read(file, Overrides.NONE, variable -> null);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    ScenarioRun run =
        ScenarioRun.simulated(scenario, Screen.JSON_LINES.live(out), List.of(), 1, () -> false);
    Screen.JSON_LINES.show(run.execute(), run.directory(), out);

    List<JsonNode> lines =
        bytes.toString(StandardCharsets.UTF_8).lines().map(JsonMapper.shared()::readTree).toList();
    List<JsonNode> seconds =
        lines.stream().filter(line -> line.get("type").asString().equals("second")).toList();
    assertThat(seconds).hasSize(lines.size() - 1);
    assertThat(seconds.stream().map(second -> second.get("second").asInt()))
        .containsExactlyElementsOf(IntStream.range(0, seconds.size()).boxed().toList())
        .hasSizeGreaterThanOrEqualTo(60);
    assertThat(seconds.get(10).get("phase").asString()).isEqualTo("few");
    assertThat(seconds.get(40).get("phase").asString()).isEqualTo("many");
    assertThat(seconds.get(40).get("users").asInt()).isEqualTo(4);
    JsonNode last = lines.getLast();
    assertThat(last.get("type").asString()).isEqualTo("summary");
    assertThat(last.get("directory").asString()).isEqualTo(temp.resolve("run").toString());
    assertThat(last.get("summary"))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(Files.readString(temp.resolve("run").resolve("summary.json"))));
    long completed = last.get("summary").get("overall").get("requests").get("completed").asLong();
    assertThat(seconds.stream().mapToLong(second -> second.get("completed").asLong()).sum())
        .isEqualTo(completed);
  }

  @Test
  void screen_isOneOfThoseAskedFor() {
    assertThat(parsed().screen()).isEqualTo(Screen.FULL);
    assertThat(parsed("--json").screen()).isEqualTo(Screen.JSON);
    assertThat(parsed("--json-lines").screen()).isEqualTo(Screen.JSON_LINES);
    assertThat(parsed("--quiet").screen()).isEqualTo(Screen.QUIET);
    assertThatThrownBy(() -> parsed("--json", "--quiet").screen())
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("found more than one");
  }

  private static ScreenFlags parsed(String... flags) {
    ScreenFlags screen = new ScreenFlags();
    var _ =
        new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(screen)).parseArgs(flags);
    return screen;
  }
}
