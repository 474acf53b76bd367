package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.analysis.RecordedAnswers;
import dev.candor.app.cli.ExitCode;
import dev.candor.record.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mock that answers like the server of an earlier run. */
final class RecordedMockTest {
  @TempDir Path temp;

  private Invocation run(String name, String mock) throws IOException {
    Path scenario =
        Files.writeString(
            temp.resolve(name + ".yaml"),
            """
            target: {mock: %s}
            workload: {mix: [{name: chat, input: 30, output: 50}]}
            load: [{users: 10, for: 2s}]
            """
                .formatted(mock));
    return Invocation.of("run", scenario.toString(), "--out", temp.resolve(name).toString());
  }

  @Test
  void recorded_answersLikeTheRun() throws IOException {
    run("first", "{ttft: \"uniform(60ms, 100ms)\", itl: 4ms, output_tokens: \"uniform(3, 9)\"}");
    run("second", "{recorded: first}");
    try (RunReader first = RunReader.open(temp.resolve("first"));
        RunReader second = RunReader.open(temp.resolve("second"))) {
      RecordedAnswers was = RecordedAnswers.of(first);
      RecordedAnswers is = RecordedAnswers.of(second);
      // A machine's noise comes on top of the times, never the lengths.
      assertThat(is.ttftNanos().quantile(0.5) / 1e6)
          .isCloseTo(was.ttftNanos().quantile(0.5) / 1e6, within(15.0));
      assertThat(was.ttftNanos().quantile(0.1) / 1e6).isBetween(60.0, 85.0);
      assertThat(is.outputTokens().quantile(0)).isGreaterThanOrEqualTo(3);
      assertThat(is.outputTokens().quantile(1)).isLessThanOrEqualTo(9);
      assertThat(is.outputTokens().mean()).isCloseTo(was.outputTokens().mean(), within(1.0));
    }
    assertThat(temp.resolve("second/scenario.yaml")).content().contains("recorded: ");
  }

  @Test
  void recorded_besideTtft_isAMistake() throws IOException {
    Invocation both = run("both", "{recorded: \".\", ttft: 5ms}");
    assertThat(both.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(both.error()).contains("both.yaml:1").contains("stands beside recorded");
    assertThat(Invocation.of("mock", "--recorded", ".", "--itl", "1ms").error())
        .contains("--recorded");
  }

  @Test
  void recorded_noRun_saysSo() throws IOException {
    Invocation none = run("none", "{recorded: nowhere}");
    assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(none.error()).contains("there is no directory").contains("nowhere");
    Files.createDirectory(temp.resolve("empty"));
    Invocation empty = run("empty-one", "{recorded: empty}");
    assertThat(empty.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(empty.error()).contains("not the directory of a run: it has neither run.json");
    assertThat(temp.resolve("empty-one")).doesNotExist();
  }
}
