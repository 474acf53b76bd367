package dev.candor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.record.RunReader;
import dev.candor.record.RunWriter;
import dev.candor.record.TokenSource;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From records to summary.json, against a file read by hand. */
final class RunAnalysisTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;
  private static final int NONE = AttemptRecord.NONE;

  /** {@code mvn -pl analysis -am test -Dcandor.golden.update=true} writes it anew, to be read. */
  private static final Path GOLDEN =
      Path.of("src/test/resources/dev/candor/analysis/summary.golden.json");

  @TempDir Path temp;

  @Test
  void summary_isTheGoldenFile() throws IOException {
    Summary summary = analyze(streamedScenario(""), RunAnalysisTest::mixedRun, null).summary();
    String text = SummaryJson.text(summary) + "\n";
    if (Boolean.getBoolean("candor.golden.update")) {
      Files.writeString(GOLDEN, text);
    }
    assertThat(text).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void refusal_isTheVerdict() throws IOException {
    Summary summary =
        analyze(streamedScenario(""), RunAnalysisTest::mixedRun, "the target refuses").summary();
    assertThat(summary.verdict()).isEqualTo(Verdict.ERROR);
    assertThat(summary.verdictReason()).contains("the target refuses");
  }

  @Test
  void wholeAnswers_haveNoTokenTimes_andAreNotHeldToThem() throws IOException {
    Analysis analysis =
        analyze(
            streamedScenario("target: {stream: false}"),
            writer -> {
              for (int i = 0; i < 40; i++) {
                writer.append(whole(i));
              }
            },
            null);
    Summary.Phase all = analysis.summary().overall();
    assertThat(latency(all, "ttft").count()).isZero();
    assertThat(latency(all, "tpot").count()).isZero();
    assertThat(latency(all, "e2e").p50()).isNotNull();
    assertThat(all.goodput().ratio()).isEqualTo(1.0);
    assertThat(all.goodput().slo()).isEmpty();
    assertThat(all.rates().outputTps()).isEqualTo(40 * 3 / 10.0);
    assertThat(all.rates().inputTps()).isEqualTo(40 * 110 / 10.0);
    assertThat(analysis.summary().notes()).anyMatch(note -> note.contains("not streamed"));
  }

  @Test
  void chatPreset_notesAnItlThatReadersNotice() throws IOException {
    Summary summary = analyze(streamedScenario(""), RunAnalysisTest::mixedRun, null).summary();
    assertThat(summary.notes()).anyMatch(note -> note.contains("above 50 ms"));
    assertThat(summary.overall().goodput().slo()).containsKey("itl");
  }

  @Test
  void health_isJudgedByTheSecondsInsideTheMeasuredSteps_elseByThoseThatTouchThem() {
    List<HealthWindow> seconds = IntStream.range(0, 6).mapToObj(RunAnalysisTest::window).toList();
    assertThat(RunAnalysis.inside(seconds, List.of(phase(1500, 3500), phase(3500, 5500))))
        .extracting(HealthWindow::second)
        .containsExactly(2, 3, 4);
    assertThat(RunAnalysis.inside(seconds, List.of(phase(1600, 2500))))
        .extracting(HealthWindow::second)
        .containsExactly(1, 2);
    assertThat(RunAnalysis.inside(seconds, List.of(phase(2000, 3000), phase(4000, 5000))))
        .extracting(HealthWindow::second)
        .containsExactly(2, 4);
  }

  private static PhaseRecord phase(long fromMs, long toMs) {
    return new PhaseRecord(
        0,
        "hold",
        "closed",
        1,
        null,
        false,
        false,
        (toMs - fromMs) * MS,
        fromMs * MS,
        toMs * MS,
        0);
  }

  private static HealthWindow window(int second) {
    return new HealthWindow(
        second,
        0,
        0,
        HealthWindow.Pauses.UNKNOWN,
        new HealthWindow.Cpu(0, null, null, null),
        new HealthWindow.Queues(null, null, 0, 0, 0),
        1,
        1,
        1);
  }

  private Scenario streamedScenario(String more) throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("golden.yaml"),
            """
            name: golden
            seed: 42
            %s
            load: [{users: 3, for: 2s, warmup: true}, {name: hold, users: 3, for: 10s}]
            slo: chat
            thresholds: ["ttft.p50 < 500ms", "ttft.p99 < 1s", "goodput >= 50%%"]
            prices: {currency: USD, input: 0.5, cached_input: 0.25, output: 1.5}
            """
                .formatted(more));
    return ScenarioFile.read(file, Overrides.NONE, name -> null);
  }

  private interface Run {
    void writeTo(RunWriter writer);
  }

  private Analysis analyze(Scenario scenario, Run run, @Nullable String refusal)
      throws IOException {
    RunDirectory directory = RunDirectory.create(temp.resolve("run"));
    try (RunWriter writer = RunWriter.open(directory)) {
      run.writeTo(writer);
      writer.finish(
          new RunInfo(
              "1.0",
              scenario.name(),
              scenario.seed(),
              "http://127.0.0.1:8000/v1",
              "m",
              Instant.parse("2026-01-01T00:00:00Z"),
              12 * SECOND,
              false,
              refusal,
              1,
              "here",
              List.of(
                  new PhaseRecord(
                      0, "warm-up", "closed", 3, null, false, true, 2 * SECOND, 0, 2 * SECOND, 0),
                  new PhaseRecord(
                      1,
                      "hold",
                      "closed",
                      3,
                      null,
                      false,
                      false,
                      10 * SECOND,
                      2 * SECOND,
                      12 * SECOND,
                      0)),
              List.of()));
    }
    try (RunReader reader = RunReader.open(directory.path())) {
      return RunAnalysis.analyze(reader, scenario, "1.0");
    }
  }

  /**
   * Forty answers of three tokens, TTFT 101 to 140 ms, the last ten with a gap of 120 ms for two
   * tokens and the rest of 20 ms for one; a 429, a broken stream, one unfinished; one of the
   * warm-up.
   */
  private static void mixedRun(RunWriter writer) {
    writer.append(answer(0, 0, 0, 900, Outcome.COMPLETED, 1, 1, 20));
    for (int i = 1; i <= 40; i++) {
      long gap = i > 30 ? 120 : 20;
      writer.append(
          answer(i, 1, 2000 + 200L * i, 100 + i, Outcome.COMPLETED, 1, gap == 20 ? 1 : 2, gap));
    }
    writer.append(failure(41, Outcome.RATE_LIMITED, 429));
    writer.append(answer(42, 1, 10_300, 200, Outcome.DISCONNECTED, 1, 1, 20));
    writer.append(failure(43, Outcome.UNFINISHED, 0));
    for (int second = 0; second < 12; second++) {
      writer.append(
          new HealthWindow(
              second,
              MS,
              second == 5 ? 20 * MS : MS / 2,
              new HealthWindow.Pauses(MS / 2, MS, null),
              new HealthWindow.Cpu(0.25, null, 0.01, 4L),
              new HealthWindow.Queues(500L, 0.02, 1, 2 * MS, 0),
              3,
              3,
              12));
    }
  }

  /** Sent 1 ms after its intent; two events, {@code gapMs} apart. */
  private static AttemptRecord answer(
      int number,
      int phase,
      long intendedMs,
      long ttftMs,
      Outcome outcome,
      int firstTokens,
      int secondTokens,
      long gapMs) {
    long sent = (intendedMs + 1) * MS;
    long first = sent + ttftMs * MS;
    long last = first + gapMs * MS;
    return attempt(
        number,
        phase,
        intendedMs,
        sent,
        first,
        last,
        last + MS,
        outcome,
        200,
        new long[] {first, last},
        new int[] {firstTokens, secondTokens});
  }

  private static AttemptRecord whole(int number) {
    long sent = (2000 + 100L * number) * MS;
    long end = sent + 500 * MS;
    return attempt(
        number,
        1,
        2000 + 100L * number,
        sent,
        NONE,
        NONE,
        end,
        Outcome.COMPLETED,
        200,
        new long[] {end},
        new int[] {3});
  }

  private static AttemptRecord failure(int number, Outcome outcome, int status) {
    return attempt(
        number,
        1,
        10_000,
        10_001 * MS,
        NONE,
        NONE,
        10_050 * MS,
        outcome,
        status,
        new long[0],
        new int[0]);
  }

  private static AttemptRecord attempt(
      int number,
      int phase,
      long intendedMs,
      long sent,
      long first,
      long last,
      long end,
      Outcome outcome,
      int status,
      long[] events,
      int[] tokens) {
    boolean told = outcome == Outcome.COMPLETED;
    return new AttemptRecord(
        number,
        1,
        phase,
        "chat",
        number % 3,
        0,
        AttemptRecord.NONE,
        0,
        intendedMs * MS,
        sent,
        status == 0 ? NONE : sent + 5 * MS,
        first,
        events.length < 2 ? NONE : events[1],
        first,
        last,
        end,
        NONE,
        outcome,
        status,
        told ? null : outcome.key(),
        told ? "stop" : null,
        100,
        told ? 110 : NONE,
        told ? 30 : NONE,
        AttemptRecord.NONE,
        Arrays.stream(tokens).sum(),
        NONE,
        told ? TokenSource.USAGE : TokenSource.CHUNKS,
        64,
        1000,
        0,
        0,
        HttpPhases.UNKNOWN,
        events,
        tokens,
        new long[0],
        new long[0]);
  }

  private static Summary.Latency latency(Summary.Phase phase, String key) {
    return java.util.Objects.requireNonNull(phase.latency().get(key));
  }
}
