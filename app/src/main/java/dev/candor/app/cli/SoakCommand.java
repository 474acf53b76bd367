package dev.candor.app.cli;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.drift.Drift;
import dev.candor.app.run.LiveListener;
import dev.candor.app.run.ScenarioRun;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.ScenarioFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code candor soak}: a run whose drift decides. */
@Command(
    name = "soak",
    description =
        "Holds a load for hours and tests for drift: a run as of 'candor run' that fails where TTFT,"
            + " ITL, tokens per second or goodput get worse. Without a scenario it lasts 4 h.")
final class SoakCommand implements Callable<Integer> {
  /** What a soak must keep, beside the scenario's own thresholds. */
  private static final String NO_DRIFT = "drift <= 0";

  private static final String LENGTH = "4h";

  @Parameters(arity = "0..1", paramLabel = "SCENARIO", description = "A scenario file (YAML).")
  @Nullable Path scenario;

  @Mixin final RunFlags flags = new RunFlags();

  @Mixin final AskFlags ask = new AskFlags();

  @Mixin final ScreenFlags screens = new ScreenFlags();

  @Mixin final PublishFlags publish = new PublishFlags();

  /** What is run, and what is said of it before. */
  record Plan(Scenario scenario, List<String> warnings) {}

  @Override
  public Integer call() throws InterruptedException {
    Plan plan = plan();
    List<String> warnings = new ArrayList<>(plan.warnings());
    warnings.addAll(RunCommand.foreseen(plan.scenario()));
    warnings.forEach(warning -> System.err.println("candor: warning: " + warning));
    Screen screen = screens.screen();
    ask.confirm(plan.scenario());
    LiveListener live = screen.live(System.out);
    Scenario whole = publish.published(flags.tagged(plan.scenario()));
    try (ScenarioRun run = new ScenarioRun(whole, live, warnings)) {
      Analysis analysis = run.execute();
      screen.show(analysis, run.directory(), System.out);
      flags.remember(run.directory());
      return ExitCode.of(analysis.summary().verdict());
    }
  }

  /** A scenario that says itself what drift it allows is left as it is. */
  Plan plan() {
    if (scenario == null && flags.duration == null) {
      flags.duration = LENGTH;
    }
    Scenario asWritten = resolved();
    if (!testable(asWritten)) {
      return new Plan(
          asWritten,
          List.of(
              "too short to be tested for drift: no step of steady load is known to last 4 minutes (--for sets the length)"));
    }
    if (asWritten.thresholds().stream().anyMatch(each -> each.metric().equals("drift"))) {
      return new Plan(asWritten, List.of());
    }
    flags.thresholds = Stream.concat(flags.thresholds.stream(), Stream.of(NO_DRIFT)).toList();
    return new Plan(resolved(), List.of());
  }

  private Scenario resolved() {
    return scenario == null
        ? ScenarioFile.fromFlags(flags.overrides(), System::getenv)
        : ScenarioFile.read(scenario, flags.overrides(), System::getenv);
  }

  private static boolean testable(Scenario scenario) {
    return scenario.steps().stream()
        .anyMatch(step -> !step.warmup() && steady(step) && Drift.testable(step.durationNanos()));
  }

  /** A replay's rate is its trace's: drift of it is drift of the load. */
  private static boolean steady(LoadStep step) {
    return switch (step) {
      case LoadStep.Closed closed -> closed.fromUsers() == closed.users();
      case LoadStep.Open open -> open.fromRatePerSecond() == open.ratePerSecond();
      case LoadStep.Replay replay -> false;
    };
  }
}
