package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import dev.candor.app.cli.Version;
import dev.candor.base.time.Clock;
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
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was spent before a kill is not there to be spent again. */
final class ResumedCostTest {
  private static final long SECOND = 1_000_000_000;

  @TempDir private Path temp;

  /** 100 tokens in and 100 out, in the first second, for a thousandth of a EUR each. */
  private static AttemptRecord answer(int number) {
    int none = AttemptRecord.NONE;
    long last = SECOND / 2;
    return new AttemptRecord(
        number,
        1,
        0,
        "chat",
        number,
        0,
        none,
        0,
        0,
        0,
        last,
        last,
        none,
        last,
        last,
        last,
        none,
        Outcome.COMPLETED,
        200,
        null,
        "stop",
        100,
        100,
        none,
        none,
        100,
        none,
        TokenSource.USAGE,
        100,
        100,
        0,
        0,
        HttpPhases.UNKNOWN,
        new long[] {last},
        new int[] {100},
        new long[0],
        new long[0]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "abort: {cost: 9} | all attempts so far cost 10\\.\\d+ EUR, abort.cost is 9.0000",
        "budget: {cost: 9} | in flight: 10\\.0000 of budget.cost, 9.0000 EUR",
        "budget: {tokens: 9k} | in flight: 10,000 of budget.tokens, 9,000",
      })
  void whatWasSpentBeforeTheKill_endsTheResumedRunAtOnce(String rule, String sentence)
      throws IOException {
    RunDirectory directory = RunDirectory.create(temp.resolve("run"));
    Files.writeString(
        directory.scenarioYaml(),
        """
        name: dear
        target: {mock: {ttft: 20ms, itl: 2ms}}
        workload: {mix: [{name: chat, input: 20, output: 10}]}
        prices: {currency: EUR, input: 1000, output: 1000}
        load: [{name: hold, users: 1, for: 20s}]
        %s
        """
            .formatted(rule));
    try (RunWriter writer = RunWriter.open(directory)) {
      for (int i = 0; i < 50; i++) {
        writer.append(answer(i));
      }
      writer.append(
          new HealthWindow(
              0,
              0,
              0,
              HealthWindow.Pauses.UNKNOWN,
              new HealthWindow.Cpu(0.2, null, null, null),
              new HealthWindow.Queues(null, null, 0, 0, 0),
              0,
              1,
              50));
      writer.checkpoint(
          new RunInfo(
              Version.text(),
              "dear",
              1,
              "mock",
              "m",
              Clock.system().wallTime().minusSeconds(3),
              SECOND,
              false,
              null,
              1,
              "here",
              List.of(
                  new PhaseRecord(
                      0, "hold", "closed", 1, null, false, false, 20 * SECOND, 0, 20 * SECOND, 0)),
              List.of()),
          7);
    }

    Invocation resumed = Invocation.of("run", "--resume", directory.path().toString());

    assertThat(resumed.exitCode())
        .as(resumed.output() + resumed.error())
        .isIn(ExitCode.THRESHOLD_FAILED, ExitCode.CLIENT_LIMITED);
    // 10 EUR of before, and of the new part the one answer that showed it.
    assertThat(resumed.output().replaceAll("\\s+", " ")).containsPattern(sentence);
  }
}
