package dev.candor.app.cli;

import dev.candor.analysis.Analysis;
import dev.candor.app.doctor.Finding;
import dev.candor.app.doctor.Foresight;
import dev.candor.app.doctor.LimitFile;
import dev.candor.app.doctor.MachineFacts;
import dev.candor.app.run.ScenarioRun;
import dev.candor.base.error.CandorException;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor run}. */
@Command(
    name = "run",
    description =
        "Runs a scenario. Without one, flags alone are enough; without --url, the target is the"
            + " embedded mock on loopback.")
final class RunCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "SCENARIO", description = "A scenario file (YAML).")
  @Nullable Path scenario;

  @Mixin final RunFlags flags = new RunFlags();

  @Option(names = "--json", description = "Print summary.json on standard output, nothing else.")
  boolean json;

  @Option(names = "--quiet", description = "Print the verdict alone.")
  boolean quiet;

  @Override
  public Integer call() throws InterruptedException {
    Overrides overrides = flags.overrides();
    Scenario resolved =
        scenario == null
            ? ScenarioFile.fromFlags(overrides, System::getenv)
            : ScenarioFile.read(scenario, overrides, System::getenv);
    Screen screen = json ? Screen.JSON : quiet ? Screen.QUIET : Screen.FULL;
    List<String> warnings = foreseen(resolved);
    warnings.forEach(warning -> System.err.println("candor: warning: " + warning));
    ScenarioRun run = new ScenarioRun(resolved, screen.live(System.out), warnings);
    Analysis analysis = run.execute();
    screen.show(analysis, run.directory(), System.out);
    return ExitCode.of(analysis.summary().verdict());
  }

  /** What may go wrong; what must go wrong ends it here, before any traffic. */
  static List<String> foreseen(Scenario scenario) {
    MachineFacts facts = MachineFacts.here();
    List<Finding> findings =
        Foresight.of(
            scenario, facts, LimitFile.of(System::getenv).read(facts), ScenarioRun.loops(scenario));
    for (Finding finding : findings) {
      if (finding.severity() == Finding.Severity.ERROR) {
        throw CandorException.user(finding.text());
      }
    }
    return findings.stream().map(Finding::text).toList();
  }
}
