package dev.candor.app.cli;

import dev.candor.analysis.Analysis;
import dev.candor.app.doctor.Finding;
import dev.candor.app.doctor.Foresight;
import dev.candor.app.doctor.LimitFile;
import dev.candor.app.doctor.MachineFacts;
import dev.candor.app.run.LiveListener;
import dev.candor.app.run.ScenarioRun;
import dev.candor.base.error.CandorException;
import dev.candor.record.RunDirectory;
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

  @Mixin final AskFlags ask = new AskFlags();

  @Mixin final PublishFlags publish = new PublishFlags();

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description =
          "Go on with a run whose process died: its load goes on where its records end, and the time lost is marked. The run's directory has its scenario but for secrets; where it had some, name SCENARIO too (docs/resume.md).")
  @Nullable Path resume;

  @Option(
      names = "--files-from",
      paramLabel = "DIR",
      hidden = true,
      description =
          "What the scenario's relative names of files count from, in place of its folder.")
  @Nullable Path filesFrom;

  @Mixin final ScreenFlags screens = new ScreenFlags();

  @Override
  public Integer call() throws InterruptedException {
    Overrides overrides = flags.overrides();
    RunDirectory again = resume == null ? null : RunDirectory.left(resume);
    Scenario resolved =
        again == null ? flags.tagged(resolved(overrides)) : toResume(again, overrides);
    Screen screen = screens.screen();
    List<String> warnings = foreseen(resolved);
    warnings.forEach(warning -> System.err.println("candor: warning: " + warning));
    if (again == null) {
      ask.confirm(resolved);
    }
    LiveListener live = screen.live(System.out);
    try (ScenarioRun run = new ScenarioRun(publish.published(resolved), live, warnings, again)) {
      Analysis analysis = run.execute();
      screen.show(analysis, run.directory(), System.out);
      flags.remember(run.directory());
      return ExitCode.of(analysis.summary().verdict());
    }
  }

  private Scenario toResume(RunDirectory again, Overrides overrides) {
    if (!overrides.equals(Overrides.NONE) || !flags.tags.isEmpty()) {
      throw CandorException.user(
          "--resume: goes on with a run as it was; of the other flags only --history, --json, --quiet and those of publishing work with it");
    }
    return ScenarioFile.readToResume(again.scenarioYaml(), scenario, System::getenv);
  }

  private Scenario resolved(Overrides overrides) {
    if (scenario == null) {
      return ScenarioFile.fromFlags(overrides, System::getenv);
    }
    return filesFrom == null
        ? ScenarioFile.read(scenario, overrides, System::getenv)
        : ScenarioFile.read(scenario, filesFrom, overrides, System::getenv);
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
