package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.candor.app.cli.ExitCode;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Thresholds on parts of a run, from the scenario to the exit code. */
final class GatesTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "gates.yaml");

  @TempDir static Path temp;

  private static Path run;

  @BeforeAll
  static void simulate() {
    run = temp.resolve("run");
    Invocation done =
        Invocation.of("simulate", EXAMPLE.toString(), "--out", run.toString(), "--quiet");
    assertThat(done.exitCode()).as(done.output() + done.error()).isEqualTo(ExitCode.OK);
  }

  private static Invocation judged(String threshold) {
    return Invocation.of("report", run.toString(), "--threshold", threshold, "--json");
  }

  private static double value(String threshold) {
    JsonNode results = JsonMapper.shared().readTree(judged(threshold).output()).path("thresholds");
    return results.get(results.size() - 1).path("value").doubleValue();
  }

  private static List<AttemptRecord> completed(int phase, String requestClass) {
    List<AttemptRecord> attempts = new ArrayList<>();
    try (RunReader reader = RunReader.open(run)) {
      reader.forEachAttempt(
          attempt -> {
            if (attempt.phase() == phase
                && attempt.requestClass().equals(requestClass)
                && attempt.outcome() == Outcome.COMPLETED) {
              attempts.add(attempt);
            }
          });
    }
    return attempts;
  }

  @Test
  void threshold_ofAClassInAPhase_isThatOfItsRecordsAlone() {
    List<AttemptRecord> batch = completed(1, "batch");
    assertThat(batch).hasSizeGreaterThan(10);
    assertThat(value("completed{phase=eight, class=batch} > 0")).isEqualTo(batch.size());
    double mean =
        batch.stream().mapToLong(each -> each.end() - each.sent()).average().orElseThrow() / 1e6;
    assertThat(value("e2e.mean{phase=eight, class=batch} > 0s"))
        .isCloseTo(mean, withPercentage(0.1));
    // Both measured phases, one class.
    assertThat(value("completed{class=chat} > 0"))
        .isEqualTo(completed(1, "chat").size() + completed(2, "chat").size());
    assertThat(value("tokens.output{class=batch, phase=twelve} > 0"))
        .isEqualTo(completed(2, "batch").stream().mapToInt(AttemptRecord::outputTokens).sum());
  }

  @Test
  void threshold_missed_failsTheGate_andSaysWhatWasFound() throws IOException {
    Invocation missed =
        Invocation.of("report", run.toString(), "--threshold", "ttft.p90{class=chat} < 1ms");
    assertThat(missed.exitCode()).isEqualTo(ExitCode.THRESHOLD_FAILED);
    assertThat(missed.output()).contains("MISS ttft.p90{class=chat} < 1ms");
    assertThat(Files.readString(run.resolve("junit.xml")))
        .contains("name=\"ttft.p90{class=chat} &lt; 1ms\"")
        .contains("<failure message=\"found ");
    assertThat(Files.readString(run.resolve("summary.md"))).contains("❌ missed");
    assertThat(Invocation.of("report", run.toString(), "--quiet").exitCode())
        .as("the scenario's own are as before")
        .isEqualTo(ExitCode.OK);
  }

  @Test
  void threshold_nearItsBound_isUndecided_whereItMustBeSure() {
    double p50 = value("ttft.p50{class=chat} > 0s");
    String bound = String.format(Locale.ROOT, "%.3fms", p50 * 1.01);
    assertThat(judged("ttft.p50{class=chat} < " + bound).exitCode()).isEqualTo(ExitCode.OK);
    Invocation sure =
        Invocation.of(
            "report", run.toString(), "--threshold", "ttft.p50{class=chat, confident} < " + bound);
    assertThat(sure.exitCode()).isEqualTo(ExitCode.THRESHOLD_FAILED);
    assertThat(sure.output().replaceAll("\\s+", " "))
        .contains("undecided", "times as many requests");
    assertThat(judged("ttft.p50{class=chat, confident=missed} < " + bound).exitCode())
        .isEqualTo(ExitCode.OK);
  }

  @Test
  void threshold_wrong_isAnsweredBeforeAnythingIsWritten() {
    Invocation wrong = Invocation.of("report", run.toString(), "--threshold", "tfft.p99 < 1s");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.error()).contains("no metric 'tfft'; did you mean 'ttft'?");
  }
}
