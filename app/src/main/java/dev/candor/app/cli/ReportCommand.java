package dev.candor.app.cli;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.foreign.OtherTool;
import dev.candor.analysis.foreign.OtherTools;
import dev.candor.analysis.foreign.OtherToolsJson;
import dev.candor.analysis.foreign.ToolReport;
import dev.candor.app.run.Recovery;
import dev.candor.app.run.RunFollower;
import dev.candor.app.run.RunReports;
import dev.candor.base.error.CandorException;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunReader;
import dev.candor.report.console.OtherToolsTable;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.ScenarioFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code candor report}. */
@Command(
    name = "report",
    description =
        "Computes a run's figures from its records again and writes its reports; of a run whose"
            + " process died, from what it has left.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "The run's directory.")
  @Nullable Path run;

  @Mixin final ScreenFlags screens = new ScreenFlags();

  @Option(
      names = "--as",
      paramLabel = "TOOL",
      description =
          "Print what another load tester would have said of the same run, and write nothing: aiperf, guidellm, vllm, inference-perf, llmperf, or all side by side (docs/other-tools.md).")
  @Nullable String as;

  @Option(
      names = "--phase",
      paramLabel = "NAME",
      description = "With --as: this measured phase alone.")
  @Nullable String phase;

  @Option(
      names = "--threshold",
      paramLabel = "EXPR",
      description =
          "Judge it by this too, such as 'ttft.p99{class=chat} < 500ms'; may be repeated.")
  List<String> thresholds = List.of();

  @Option(
      names = "--follow",
      description =
          "Watch a run that another process carries out, and report it when it has ended.")
  boolean follow;

  @Override
  public Integer call() throws InterruptedException {
    Path path = Objects.requireNonNull(run);
    Screen screen = screens.screen();
    if (follow) {
      if (as != null) {
        throw CandorException.user(
            "--follow: shows a run as candor run does, not --as another tool");
      }
      RunFollower.follow(path, screen.live(System.out));
    }
    RunDirectory directory = Recovery.readable(path);
    if (as != null) {
      if (!thresholds.isEmpty()) {
        throw CandorException.user("--threshold: judges a run, and --as judges nothing");
      }
      return inOtherWords(directory, as);
    }
    if (phase != null) {
      throw CandorException.user("--phase: works with --as alone; the reports have every phase");
    }
    Scenario scenario = ScenarioFile.readRecorded(directory.scenarioYaml(), thresholds);
    Analysis analysis = RunReports.write(directory, scenario, Version.text());
    screen.show(analysis, directory.path(), System.out);
    return ExitCode.of(analysis.summary().verdict());
  }

  /** Judges nothing, so that its exit code says only whether it could be printed. */
  private int inOtherWords(RunDirectory directory, String tool) {
    if (screens.quiet) {
      throw CandorException.user("--quiet: prints the verdict alone, and --as has none");
    }
    if (screens.jsonLines) {
      throw CandorException.user(
          "--json-lines: tells of a run's seconds, and --as has none; --json");
    }
    boolean all = tool.equals("all");
    List<OtherTool> tools = all ? List.of(OtherTool.values()) : List.of(OtherTool.ofKey(tool));
    try (RunReader reader = RunReader.open(directory.path())) {
      List<ToolReport> reports = OtherTools.read(reader, tools, phase);
      List<ToolReport> asked = all ? reports : reports.subList(1, reports.size());
      System.out.println(
          screens.json
              ? OtherToolsJson.text(asked)
              : all ? OtherToolsTable.sideBySide(asked) : OtherToolsTable.one(asked.getFirst()));
    }
    return ExitCode.OK;
  }
}
