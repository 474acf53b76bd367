package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import dev.candor.record.AttemptRecord;
import dev.candor.record.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A trace replayed: from the scenario to the records, with each row at its own instant. */
final class ReplayTest {
  private static final int ROWS = 60;
  private static final long MS = 1_000_000;

  @TempDir Path temp;

  /** Row i comes at i·100 ms, in pairs, and asks for 40 + i tokens. */
  private Path trace() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(
          "{\"timestamp\": %d, \"input_length\": %d, \"output_length\": 2, \"hash_ids\": []}"
              .formatted(7000 + i / 2 * 200, 40 + i));
    }
    return Files.write(temp.resolve("trace.jsonl"), rows);
  }

  private Path scenario(String steps) throws IOException {
    return Files.writeString(
        temp.resolve("replay.yaml"),
        """
        target:
          mock: {ttft: 20ms, itl: 1ms}
          client: {loops: 2}
        workload: {trace: {file: '%s', format: mooncake}}
        load: [%s]
        thresholds: ["schedule_lateness.max < 1h"]
        """
            .formatted(trace(), steps));
  }

  @Test
  void rows_startAtTheirInstants_withTheirLengths_whateverTheWarmUpSent() throws IOException {
    Path file = scenario("{users: 3, for: 500ms, warmup: true}, {replay: {speed: 4x, from: 2s}}");
    Path out = temp.resolve("run");
    Invocation run = Invocation.of("run", file.toString(), "--out", out.toString());
    assertThat(run.carriedOut()).as(run.error()).isTrue();
    List<AttemptRecord> replayed = new ArrayList<>();
    long begin;
    try (RunReader reader = RunReader.open(out)) {
      reader.forEachAttempt(
          attempt -> {
            if (attempt.phase() == 1) {
              replayed.add(attempt);
            } else {
              assertThat(attempt.session()).isGreaterThanOrEqualTo(ROWS);
            }
          });
      begin = reader.info().phases().get(1).startNanos();
      // The last row, at 5.8 s, is 950 ms after the step's start; it is the step's last.
      assertThat(reader.info().phases().get(1).plannedNanos()).isEqualTo(951 * MS);
    }
    assertThat(replayed).hasSize(40);
    for (AttemptRecord each : replayed) {
      int row = (int) each.session();
      assertThat(each.intended() - begin).isEqualTo((row / 2 * 200 - 2000) / 4 * MS);
      assertThat(each.inputTokensAsked()).isEqualTo(40 + row);
    }
    JsonNode phase =
        JsonMapper.shared().readTree(out.resolve("summary.json").toFile()).path("phases").get(0);
    assertThat(phase.path("kind").asString()).isEqualTo("replay");
    assertThat(phase.path("latency").path("schedule_lateness").path("count").asInt()).isEqualTo(40);
    assertThat(run.output()).contains("replay-4x  (replay, 1.0 s)").contains("starts late by p50");
    assertThat(Files.readString(out.resolve("report.html"))).contains("starts late by p50");
    assertThat(Files.readString(out.resolve("scenario.yaml"))).contains("for: 951ms");
  }

  @Test
  void window_behindTheTrace_isAMistake() throws IOException {
    Invocation run = Invocation.of("run", scenario("{replay: {from: 1h}}").toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.error())
        .contains("step 'replay' replays the trace from 60 min, where it has no row");
  }
}
