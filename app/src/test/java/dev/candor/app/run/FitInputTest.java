package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.analysis.fit.EngineFit;
import dev.candor.analysis.fit.FitOptions;
import dev.candor.analysis.fit.Fitted;
import dev.candor.analysis.fit.MeasuredRun;
import dev.candor.app.cli.CandorCommand;
import dev.candor.app.cli.ExitCode;
import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that cannot be fitted say why; one that can is read from its directory. */
final class FitInputTest {
  private static final FitOptions PLAIN = new FitOptions("found", null, 1);
  private static FitSimulation.Recorded recorded;

  @TempDir Path temp;

  @BeforeAll
  static void simulate() {
    recorded =
        FitSimulation.run(
            FitSimulation.hidden(1),
            1,
            new Distribution.Uniform(50, 1_500),
            new Distribution.Uniform(20, 60),
            List.of(
                FitSimulation.closed("few", 3, 15 * FitSimulation.SECOND),
                FitSimulation.closed("more", 12, 15 * FitSimulation.SECOND)));
  }

  private static void assertRefused(List<MeasuredRun> runs, String... said) {
    assertThatThrownBy(() -> EngineFit.of(runs, PLAIN))
        .isInstanceOf(CandorException.class)
        .hasMessageContainingAll(said);
  }

  @Test
  void answersWithoutTokens_areRefused() {
    assertRefused(
        List.of(recorded.changed("hidden", FitSimulation::withoutTokens).measured()),
        "answers have no tokens",
        "embeddings",
        "streamed");
  }

  @Test
  void failuresAlone_areRefused_andCounted() {
    assertRefused(
        List.of(recorded.changed("hidden", FitSimulation::failed).measured()),
        "none of its",
        "server_error");
  }

  @Test
  void runsOfTwoModels_areListed() {
    assertRefused(
        List.of(recorded.measured(), recorded.changed("another", each -> each).measured()),
        "different models",
        "hidden",
        "another");
  }

  @Test
  void aRunThatMayNotBeTrusted_isFittedWithAWarning() {
    MeasuredRun invalid =
        MeasuredRun.of(
            "it", recorded.info(), recorded.attempts(), List.of(), List.of("it is INVALID"));
    Fitted fitted = EngineFit.of(List.of(invalid), PLAIN).fit();
    assertThat(fitted.notes()).contains("it is INVALID");
  }

  @Test
  void tooShortARun_isRefused() {
    FitSimulation.Recorded shortRun =
        FitSimulation.run(
            FitSimulation.hidden(1),
            1,
            new Distribution.Constant(100),
            new Distribution.Constant(10),
            List.of(FitSimulation.closed("short", 1, FitSimulation.SECOND / 4)));
    EngineFit fit = EngineFit.of(List.of(shortRun.measured()), PLAIN);
    assertThatThrownBy(fit::fit).hasMessageContaining("at least 50 are needed");
  }

  @Test
  void command_readsADirectory_andWritesAProfile() throws IOException {
    Path run = recorded.write(temp.resolve("run"));
    Files.writeString(
        run.resolve("summary.json"), "{\"verdict\": \"invalid\", \"verdict_reason\": \"a pause\"}");
    Path file = temp.resolve("my-engine.yaml");
    assertThat(CandorCommand.execute("fit", run.toString(), "--out", file.toString()))
        .isEqualTo(ExitCode.OK);
    assertThat(Files.readString(file)).contains("is INVALID (a pause)");
    EngineProfile profile = (EngineProfile) Profiles.named(file.toString());
    assertThat(profile.name()).isEqualTo("my-engine");
    assertThat(CandorCommand.execute("fit", run.toString(), "--check", "--json"))
        .isEqualTo(ExitCode.OK);
  }
}
