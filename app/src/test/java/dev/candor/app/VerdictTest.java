package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.record.RunWriter;
import dev.candor.record.TokenSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verdict from records made by hand, through {@code candor report}, to its exit code. */
final class VerdictTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;
  private static final int SECONDS = 10;

  @TempDir Path temp;

  /** Thirty answers, TTFT 100 ms; {@code lateSeconds} seconds in which the loop was 50 ms late. */
  private Invocation report(
      String threshold, int lateSeconds, boolean interrupted, @Nullable String refusal)
      throws IOException {
    RunDirectory directory = RunDirectory.create(temp.resolve("run"));
    Files.writeString(
        directory.scenarioYaml(),
        """
        name: by-hand
        load: [{name: hold, users: 1, for: 10s}]
        thresholds: ["%s"]
        """
            .formatted(threshold));
    try (RunWriter writer = RunWriter.open(directory)) {
      for (int i = 0; i < 30; i++) {
        writer.append(answer(i));
      }
      for (int second = 0; second < SECONDS; second++) {
        writer.append(
            new HealthWindow(
                second,
                second < lateSeconds ? 50 * MS : 0,
                0,
                HealthWindow.Pauses.UNKNOWN,
                new HealthWindow.Cpu(0.2, null, null, null),
                new HealthWindow.Queues(null, null, 0, 0, 0),
                1,
                1,
                6));
      }
      writer.finish(
          new RunInfo(
              "1",
              "by-hand",
              1,
              "nowhere",
              "m",
              Instant.EPOCH,
              SECONDS * SECOND,
              interrupted,
              refusal,
              1,
              "here",
              List.of(
                  new PhaseRecord(
                      0,
                      "hold",
                      "closed",
                      1,
                      null,
                      false,
                      false,
                      SECONDS * SECOND,
                      0,
                      SECONDS * SECOND,
                      0)),
              List.of()));
    }
    return Invocation.of("report", directory.path().toString());
  }

  private static AttemptRecord answer(int number) {
    long sent = number * 300L * MS;
    long first = sent + 100 * MS;
    long last = first + 20 * MS;
    int none = AttemptRecord.NONE;
    return new AttemptRecord(
        number,
        1,
        0,
        "chat",
        0,
        0,
        AttemptRecord.NONE,
        0,
        sent,
        sent,
        first,
        first,
        last,
        first,
        last,
        last,
        none,
        Outcome.COMPLETED,
        200,
        null,
        "stop",
        10,
        10,
        none,
        AttemptRecord.NONE,
        2,
        none,
        TokenSource.USAGE,
        2,
        100,
        0,
        0,
        HttpPhases.UNKNOWN,
        new long[] {first, last},
        new int[] {1, 1},
        new long[0],
        new long[0]);
  }

  @Test
  void thresholdsHeld_pass_0() throws IOException {
    Invocation report = report("ttft.p50 < 200ms", 0, false, null);
    assertThat(report.output()).contains("PASS: all 1 thresholds held");
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void thresholdMissed_fail_1() throws IOException {
    Invocation report = report("ttft.p50 < 50ms", 0, false, null);
    assertThat(report.output()).contains("FAIL: 1 of 1").contains("found 100 ms");
    assertThat(report.exitCode()).isEqualTo(ExitCode.THRESHOLD_FAILED);
  }

  @Test
  void clientLate_invalid_4_whateverTheThresholdsSay() throws IOException {
    Invocation report = report("ttft.p50 < 200ms", 2, false, null);
    assertThat(report.output())
        .contains("INVALID: in 2 of 10 seconds the client")
        .contains("2 of 10 s limited");
    assertThat(report.exitCode()).isEqualTo(ExitCode.CLIENT_LIMITED);
    String summary = Files.readString(temp.resolve("run/summary.json"));
    assertThat(summary).contains("\"verdict\" : \"invalid\"").contains("\"limited_windows\" : 2");
    assertThat(temp.resolve("run/junit.xml")).content().contains("<error").contains("INVALID");
  }

  @Test
  void clientLateOnce_isMarked_andValid() throws IOException {
    Invocation report = report("ttft.p50 < 200ms", 1, false, null);
    assertThat(report.output()).contains("1 of 10 s limited");
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void interrupted_130() throws IOException {
    Invocation report = report("ttft.p50 < 200ms", 0, true, null);
    assertThat(report.output()).contains("INTERRUPTED");
    assertThat(report.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
  }

  @Test
  void refused_3() throws IOException {
    Invocation report = report("ttft.p50 < 200ms", 0, false, "the target refuses all");
    assertThat(report.output()).contains("ERROR: the target refuses all");
    assertThat(report.exitCode()).isEqualTo(ExitCode.NOT_CARRIED_OUT);
  }

  @Test
  void reportAs_printsOtherWords_judgesNothing_andWritesNothing() throws IOException {
    report("ttft.p50 < 50ms", 0, false, null);
    Files.delete(temp.resolve("run/summary.json"));
    String run = temp.resolve("run").toString();
    Invocation all = Invocation.of("report", run, "--as", "all");
    assertThat(all.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(all.output()).containsPattern("inference-perf +100 +100 +20 +20");
    assertThat(Invocation.of("report", run, "--as", "aiperf", "--phase", "hold", "--json").output())
        .contains("\"time_to_first_token\"")
        .doesNotContain("\"candor\"");
    assertThat(temp.resolve("run/summary.json")).doesNotExist();
  }

  @Test
  void reportAs_whatIsUnknownOrContradictory_isRefusedWithWhatIsRight() throws IOException {
    report("ttft.p50 < 50ms", 0, false, null);
    String run = temp.resolve("run").toString();
    Invocation unknown = Invocation.of("report", run, "--as", "locust");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.error())
        .isEqualToIgnoringNewLines(
            "candor: --as: 'locust' is none of vllm, guidellm, aiperf, inference-perf, llmperf, all");
    assertThat(Invocation.of("report", run, "--as", "all", "--quiet").exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(Invocation.of("report", run, "--phase", "hold").exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(Invocation.of("report", run, "--as", "vllm", "--phase", "warm").error())
        .contains("it has hold");
  }
}
