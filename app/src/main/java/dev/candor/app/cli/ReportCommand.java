package dev.candor.app.cli;

import dev.candor.analysis.Analysis;
import dev.candor.app.run.RunReports;
import dev.candor.record.RunDirectory;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.ScenarioFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor report}. */
@Command(
    name = "report",
    description = "Computes a run's figures from its records again and writes its reports.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "The run's directory.")
  @Nullable Path run;

  @Option(names = "--json", description = "Print summary.json on standard output, nothing else.")
  boolean json;

  @Option(names = "--quiet", description = "Print the verdict alone.")
  boolean quiet;

  @Override
  public Integer call() {
    RunDirectory directory = RunDirectory.existing(java.util.Objects.requireNonNull(run));
    Scenario scenario = ScenarioFile.readRecorded(directory.scenarioYaml());
    Analysis analysis = RunReports.write(directory, scenario, Version.text());
    Screen screen = json ? Screen.JSON : quiet ? Screen.QUIET : Screen.FULL;
    screen.show(analysis, directory.path(), System.out);
    return ExitCode.of(analysis.summary().verdict());
  }
}
