package dev.candor.app.cli;

import dev.candor.analysis.Analysis;
import dev.candor.app.run.ScenarioRun;
import dev.candor.base.time.Clock;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.ScenarioFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor simulate}. */
@Command(
    name = "simulate",
    description =
        "Runs a scenario in virtual time against the engine simulator: the same driver, workload,"
            + " recording and report as 'candor run', and no traffic (docs/simulation.md).")
final class SimulateCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "SCENARIO", description = "A scenario file (YAML).")
  @Nullable Path scenario;

  @Mixin final RunFlags flags = new RunFlags();

  @Option(names = "--json", description = "Print summary.json on standard output, nothing else.")
  boolean json;

  @Option(names = "--quiet", description = "Print the verdict alone.")
  boolean quiet;

  @Override
  public Integer call() throws InterruptedException {
    Clock clock = Clock.system();
    Scenario resolved =
        scenario == null
            ? ScenarioFile.fromFlags(flags.overrides(), System::getenv)
            : ScenarioFile.read(scenario, flags.overrides(), System::getenv);
    Screen screen = json ? Screen.JSON : quiet ? Screen.QUIET : Screen.FULL;
    long begin = clock.nanoTime();
    ScenarioRun run = ScenarioRun.simulated(resolved, screen.live(System.out), List.of());
    Analysis analysis = run.execute();
    screen.show(analysis, run.directory(), System.out);
    if (screen == Screen.FULL) {
      System.out.println(
          String.format(Locale.ROOT, "simulated in %.1f s", (clock.nanoTime() - begin) / 1e9));
    }
    return ExitCode.of(analysis.summary().verdict());
  }
}
