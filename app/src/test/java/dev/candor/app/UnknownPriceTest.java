package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A model whose price nobody knows: cost is null, and that is said once. */
final class UnknownPriceTest {
  private static final String WHY = "what the run cost is not known";

  @TempDir Path temp;

  private JsonNode simulated(String target) throws IOException {
    Path scenario =
        Files.writeString(
            temp.resolve("unpriced.yaml"),
            """
            target: {%s, ignore_eos: true}
            workload: {mix: [{name: chat, input: 100, output: 20}]}
            load: [{users: 2, for: 2s}, {users: 4, for: 2s}]
            """
                .formatted(target));
    Path out = temp.resolve("run");
    Invocation run =
        Invocation.of(
            "simulate",
            scenario.toString(),
            "--profile",
            "h100-llama3-8b",
            "--out",
            out.toString(),
            "--quiet");
    assertThat(run.exitCode()).as(run.output() + run.error()).isEqualTo(ExitCode.OK);
    // Reported again, it is said no oftener.
    assertThat(Invocation.of("report", out.toString(), "--quiet").exitCode())
        .isEqualTo(ExitCode.OK);
    return JsonMapper.shared().readTree(out.resolve("summary.json").toFile());
  }

  private static List<String> saying(JsonNode summary) {
    return summary
        .path("notes")
        .valueStream()
        .map(JsonNode::stringValue)
        .filter(note -> note.contains(WHY))
        .toList();
  }

  @Test
  void unknownModel_costIsNull_andThatIsSaidOnce() throws IOException {
    JsonNode summary = simulated("url: 'http://127.0.0.1:9/v1', model: house-7b");
    assertThat(summary.path("overall").path("cost").isNull()).isTrue();
    summary
        .path("phases")
        .valueStream()
        .forEach(phase -> assertThat(phase.path("cost").isNull()).isTrue());
    assertThat(saying(summary)).singleElement().asString().contains("no model 'house-7b'");
  }

  @Test
  void ownMock_isNotMissedAPrice() throws IOException {
    JsonNode summary = simulated("mock: {}");
    assertThat(summary.path("overall").path("cost").isNull()).isTrue();
    assertThat(saying(summary)).isEmpty();
  }
}
