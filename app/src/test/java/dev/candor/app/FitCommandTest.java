package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes of who calls {@code candor fit}. */
final class FitCommandTest {
  @TempDir Path temp;

  private static void assertUsage(String said, String... args) {
    Invocation invocation = Invocation.of(args);
    assertThat(invocation.exitCode()).as(invocation.error()).isEqualTo(ExitCode.USAGE);
    assertThat(invocation.error()).contains(said).doesNotContain("\tat ");
  }

  @Test
  void noRun_andNoDirectoryOfARun_areSaid() {
    assertUsage("RUN", "fit");
    assertUsage("is not the directory of a run", "fit", temp.toString());
  }

  @Test
  void flagsThatCannotBe_areSaid() {
    String run = temp.toString();
    assertUsage("must end in .yaml", "fit", run, "--out", "engine.txt");
    assertUsage("--check writes no profile", "fit", run, "--check", "--out", "engine.yaml");
    assertUsage("must be from 1 to 64", "fit", run, "--replicas", "0");
    assertUsage("has latencies and no engine", "fit", run, "--base", "hosted-api");
    assertUsage("there is no profile", "fit", run, "--base", "h100-lama");
  }
}
