package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.RunInfo;
import dev.candor.record.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that a rule of {@code abort} ends, over sockets. */
final class AbortTest {
  private static final long SECOND = 1_000_000_000;

  @TempDir Path temp;
  private final List<AttemptRecord> attempts = new ArrayList<>();

  private Invocation run(String yaml) throws IOException {
    Path scenario = Files.writeString(temp.resolve("abort.yaml"), yaml);
    return Invocation.of("run", scenario.toString(), "--out", temp.resolve("run").toString());
  }

  private RunInfo info() {
    try (RunReader reader = RunReader.open(temp.resolve("run"))) {
      reader.forEachAttempt(attempts::add);
      return reader.info();
    }
  }

  private String file(String name) throws IOException {
    return Files.readString(temp.resolve("run").resolve(name));
  }

  /** On a machine that is too busy to measure the run is invalid, and stopped all the same. */
  private static void assertFailed(Invocation run) {
    assertThat(run.exitCode()).isIn(ExitCode.THRESHOLD_FAILED, ExitCode.CLIENT_LIMITED);
    assertThat(run.output()).doesNotContain("INTERRUPTED");
    if (run.exitCode() == ExitCode.THRESHOLD_FAILED) {
      assertThat(run.output()).contains("FAIL: stopped after");
    }
  }

  @Test
  void failedShare_stopsTheRun_keepsWhatWasMeasured_andAllReportsSaySo() throws IOException {
    Invocation run =
        run(
            """
            target:
              mock:
                ttft: 20ms
                itl: 10ms
                output_tokens: 100
                faults: [{fault: error, status: 503, from: 2s, share: 80%}]
            workload: {mix: [{name: chat, input: 30, output: 100}]}
            load: [{users: 10, for: 60s}]
            abort: {failed: 50%, over: 2s}
            """);
    assertFailed(run);
    RunInfo info = info();
    assertThat(info.stoppedBy())
        .matches("\\d+(\\.\\d+)? % of \\d+ attempts in the last 2 s failed, abort.failed is 50 %");
    assertThat(info.interrupted()).isFalse();
    assertThat(info.durationNanos()).isLessThan(30 * SECOND);
    assertThat(attempts).extracting(AttemptRecord::outcome).contains(Outcome.COMPLETED);
    // Ten users: what was in flight is there, cut.
    assertThat(attempts.stream().filter(a -> a.outcome() == Outcome.CANCELLED))
        .hasSizeBetween(1, 10);
    String why = String.valueOf(info.stoppedBy());
    assertThat(run.output().replaceAll("\\s+", " ")).contains(why);
    assertThat(file("summary.json")).contains("\"stopped_by\" : \"" + why);
    assertThat(file("report.html")).contains(why);
    assertThat(file("junit.xml")).contains("the run lasted its time").contains(why);
    assertThat(file("candor.log")).contains(why);
  }

  @Test
  void goodputBelow_stopsTheRun() throws IOException {
    Invocation run =
        run(
            """
            target: {mock: {ttft: 200ms, itl: 1ms, output_tokens: 10}}
            workload: {mix: [{name: chat, input: 30, output: 10}]}
            load: [{users: 20, for: 60s}]
            slo: {ttft: 50ms}
            abort: {goodput: 90%}
            """);
    assertFailed(run);
    assertThat(info().stoppedBy())
        .matches("0 % of 2\\d requests in the last 1 s met their SLOs, abort.goodput is 90 %");
  }

  @Test
  void rulesThatAreNotMet_leaveTheRunAlone() throws IOException {
    Invocation run =
        run(
            """
            target: {mock: {ttft: 20ms, itl: 1ms, output_tokens: 10}}
            workload: {mix: [{name: chat, input: 30, output: 10}]}
            load: [{users: 10, for: 2s}]
            prices: {input: 1, output: 1}
            abort: {failed: 5%, cost: 1000000, client_limited: 1m}
            """);
    assertThat(run.carriedOut()).isTrue();
    assertThat(info().stoppedBy()).isNull();
    assertThat(file("summary.json")).contains("\"stopped_by\" : null");
    assertThat(file("junit.xml")).doesNotContain("lasted");
  }
}
