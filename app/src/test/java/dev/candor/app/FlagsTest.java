package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import dev.candor.base.stats.Distribution;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.record.AttemptRecord;
import dev.candor.record.RunReader;
import dev.candor.scenario.MockSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A first test by flags alone: each flag does what it says. */
final class FlagsTest {
  private static final MockSettings FAST =
      MockSettings.of(new Distribution.Constant(5e6), new Distribution.Constant(1e6));

  @TempDir Path temp;

  private List<AttemptRecord> run(MockServer mock, String name, String seed) throws IOException {
    Path out = temp.resolve(name);
    Invocation run =
        Invocation.of(
            "run",
            "--url",
            mock.baseUrl().toString(),
            "--api",
            "openai-chat",
            "--model",
            "some-model",
            "--rate",
            "40/s",
            "--for",
            "2s",
            "--warmup",
            "500ms",
            "--max-tokens",
            "7",
            "--seed",
            seed,
            "--slo",
            "ttft=5s,itl=2s",
            "--threshold",
            "goodput >= 10%",
            "--out",
            out.toString(),
            "--json");
    assertThat(run.exitCode()).as(run.error()).isIn(ExitCode.OK, ExitCode.CLIENT_LIMITED);
    List<AttemptRecord> attempts = new ArrayList<>();
    try (RunReader reader = RunReader.open(out)) {
      reader.forEachAttempt(attempts::add);
    }
    JsonNode summary = JsonMapper.shared().readTree(run.output());
    assertThat(summary.path("seed").asString()).isEqualTo(seed);
    JsonNode phase = summary.path("phases").path(0);
    assertThat(phase.path("kind").asString()).isEqualTo("open");
    assertThat(phase.path("rate").asDouble()).isEqualTo(40);
    assertThat(phase.path("duration_s").asDouble()).isEqualTo(2);
    assertThat(phase.path("goodput").path("slo").propertyNames())
        .containsExactlyInAnyOrder("ttft", "itl");
    assertThat(summary.path("thresholds").path(0).path("ok").asBoolean()).isTrue();
    assertThat(Files.readString(out.resolve("scenario.yaml"))).contains("model: some-model");
    return attempts;
  }

  @Test
  void flagsAlone_runAnOpenLoop_andTheSeedDrawsItsSchedule() throws IOException {
    try (MockServer mock = MockServer.start(MockOptions.of(FAST, 1))) {
      List<AttemptRecord> once = run(mock, "once", "99");
      List<AttemptRecord> again = run(mock, "again", "99");
      List<AttemptRecord> other = run(mock, "other", "100");
      assertThat(once).allMatch(a -> a.maxTokens() == 7 && a.outputTokens() == 7);
      assertThat(once).anyMatch(a -> a.phase() == 0).anyMatch(a -> a.phase() == 1);
      // The same starts to the nanosecond, and the same lengths, whatever the machine does.
      assertThat(schedule(again)).isEqualTo(schedule(once)).hasSizeGreaterThan(50);
      assertThat(schedule(other)).isNotEqualTo(schedule(once));
    }
  }

  private record Planned(long intended, String requestClass, int inputTokens) {}

  private static List<Planned> schedule(List<AttemptRecord> attempts) {
    return attempts.stream()
        .map(a -> new Planned(a.intended(), a.requestClass(), a.inputTokensAsked()))
        .toList();
  }
}
