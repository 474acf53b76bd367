package dev.candor.app.run;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.RunAnalysis;
import dev.candor.analysis.RunFigures;
import dev.candor.analysis.Summary;
import dev.candor.analysis.SummaryJson;
import dev.candor.analysis.warning.AlertRules;
import dev.candor.analysis.warning.EarlyWarning;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunReader;
import dev.candor.report.html.HtmlReport;
import dev.candor.report.junit.JunitXml;
import dev.candor.report.markdown.MarkdownSummary;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Slo;
import dev.candor.scenario.yaml.ResolvedYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Everything that is computed from a run's records, and can be computed again. */
public final class RunReports {
  private RunReports() {}

  /** Keeps the scenario, without its secrets. */
  public static void writeScenario(RunDirectory directory, Scenario scenario) {
    try {
      Files.writeString(directory.scenarioYaml(), ResolvedYaml.write(scenario));
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  /** Judges the run in {@code directory} and writes its reports. */
  public static Analysis write(RunDirectory directory, Scenario scenario, String version) {
    return write(directory, scenario, version, null);
  }

  /**
   * The same.
   *
   * @param figures of all attempts, where they were made on the way
   */
  static Analysis write(
      RunDirectory directory, Scenario scenario, String version, @Nullable RunFigures figures) {
    try (RunReader reader = RunReader.open(directory.path())) {
      Analysis analysis =
          figures == null || !figures.cover(reader.info().phases())
              ? RunAnalysis.analyze(reader, scenario, version)
              : RunAnalysis.analyze(reader, figures, scenario, version);
      SummaryJson.write(analysis.summary(), directory.summaryJson());
      HtmlReport.write(
          analysis, scenario.slos().values(), ResolvedYaml.write(scenario), directory.reportHtml());
      JunitXml.write(analysis.summary(), directory.junitXml());
      MarkdownSummary.write(analysis.summary(), directory.summaryMarkdown());
      writeAlerts(analysis.summary(), scenario, directory);
      return analysis;
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  /** Writes report.html anew, with what another command has left beside it since. */
  public static void rewriteHtml(RunDirectory directory, Collection<Slo> slos, Analysis analysis) {
    try {
      HtmlReport.write(
          analysis, slos, Files.readString(directory.scenarioYaml()), directory.reportHtml());
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  private static void writeAlerts(Summary summary, Scenario scenario, RunDirectory directory)
      throws IOException {
    MockSettings mock = scenario.target().urls().isEmpty() ? scenario.target().mock() : null;
    EarlyWarning warning = summary.earlyWarning();
    String rules =
        warning == null
            ? null
            : AlertRules.text(warning, scenario.name(), mock == null ? null : mock.metrics());
    if (rules == null) {
      Files.deleteIfExists(directory.alertsYaml());
    } else {
      Files.writeString(directory.alertsYaml(), rules);
    }
  }

  private static CandorException unwritable(RunDirectory directory, IOException e) {
    return new CandorException(
        ErrorCode.TARGET, "cannot write to %s: %s".formatted(directory.path(), e.getMessage()), e);
  }
}
