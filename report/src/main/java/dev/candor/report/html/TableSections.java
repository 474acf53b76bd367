package dev.candor.report.html;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Summary;
import dev.candor.analysis.drift.Drift;
import dev.candor.analysis.drift.DriftWords;
import dev.candor.analysis.fidelity.RunFidelity;
import dev.candor.analysis.saturation.Saturation;
import dev.candor.analysis.warning.EarlyWarning;
import dev.candor.report.console.DriftTable;
import dev.candor.report.console.EarlyWarningTable;
import dev.candor.report.console.FidelityTable;
import dev.candor.report.console.SaturationTable;
import dev.candor.report.console.SessionRows;
import dev.candor.report.console.ThresholdWords;
import dev.candor.report.html.Section.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of a run. */
final class TableSections {
  private final List<Section> sections = new ArrayList<>();

  private TableSections() {}

  static List<Section> of(Analysis analysis) {
    TableSections tables = new TableSections();
    tables.all(analysis);
    return tables.sections;
  }

  private void all(Analysis analysis) {
    Summary s = analysis.summary();
    if (!s.notes().isEmpty()) {
      section("notes", "What to know").list(s.notes());
    }
    thresholds(s);
    Saturation saturation = s.saturation();
    if (saturation != null) {
      saturation(saturation);
    }
    List<Summary.Phase> phases = s.phases();
    for (int i = 0; i < phases.size(); i++) {
      sections.add(PhaseTables.of("phase-" + (i + 1), phases.get(i)));
    }
    if (phases.size() > 1) {
      sections.add(PhaseTables.of("overall", s.overall()));
    }
    conversations(s.overall().sessions());
    sections.addAll(CostTables.of(s));
    sections.addAll(HttpTables.of(s.overall()));
    sections.addAll(ServerTables.of(s));
    Drift drift = s.drift();
    if (drift != null) {
      drift(drift);
    }
    EarlyWarning warning = s.earlyWarning();
    if (warning != null) {
      earlyWarning(warning);
    }
    fidelity(s.fidelity());
    sections.addAll(SecondsTable.of(analysis.windows()));
  }

  private Section section(String id, String title) {
    Section section = new Section(Part.TABLES, id, title);
    sections.add(section);
    return section;
  }

  private void thresholds(Summary s) {
    if (s.thresholds().isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (Summary.ThresholdResult t : s.thresholds()) {
      rows.add(
          List.of(
              ThresholdWords.state(t),
              t.expr(),
              ThresholdWords.value(t),
              t.why() == null ? "" : t.why()));
    }
    section("thresholds", "Thresholds").table(List.of("", "threshold", "found", "why"), rows);
  }

  private void saturation(Saturation saturation) {
    List<String> columns = new ArrayList<>(SaturationTable.columns(saturation));
    columns.add("why it ended");
    List<List<String>> rows = new ArrayList<>();
    List<List<String>> cells = SaturationTable.rows(saturation);
    for (int i = 0; i < cells.size(); i++) {
      List<String> row = new ArrayList<>(cells.get(i));
      row.add(saturation.steps().get(i).why());
      rows.add(row);
    }
    section("saturation-steps", "The sweep's steps")
        .list(SaturationTable.findings(saturation))
        .table(columns, rows);
  }

  private void conversations(Summary.Sessions sessions) {
    if (!sessions.turns().isEmpty()) {
      section("turns", "By turn of the conversation")
          .sentence(SessionRows.slope(sessions.ttftPerTurn(), "a turn"))
          .table(SessionRows.columns("turn"), SessionRows.of(sessions.turns()));
    }
    if (sessions.contexts().size() > 1) {
      section("contexts", "By length of the prompt")
          .sentence(SessionRows.slope(sessions.ttftPerThousandTokens(), "a thousand prompt tokens"))
          .table(SessionRows.columns("tokens"), SessionRows.of(sessions.contexts()));
    }
  }

  private void drift(Drift drift) {
    section("drift", "Drift")
        .see(
            DriftTable.scope(drift)
                + ". The slope is Theil and Sen's, p is Mann and Kendall's with neighbours' likeness and the number of tests taken into account: in one of twenty runs without drift it is below 0.05 for any of them.")
        .list(DriftWords.findings(drift))
        .table(DriftTable.columns(), DriftTable.rows(drift));
  }

  private void earlyWarning(EarlyWarning warning) {
    section("early-warning", "Early warning")
        .sentence(warning.sentence())
        .sentence("Leads are ahead of the missed SLOs and of the first error, negative after them")
        .table(EarlyWarningTable.columns(), EarlyWarningTable.rows(warning))
        .sentence(EarlyWarningTable.troubles(warning));
  }

  private void fidelity(@Nullable RunFidelity run) {
    Section section = section("fidelity", "How like production");
    if (run == null) {
      section.sentence("Not tested: the scenario names no corpus of production traffic");
    } else if (run.fidelity() == null) {
      section.sentence("Not known: " + run.problem());
    } else {
      section
          .sentence("Rates are left out: a load test has its own")
          .pre(
              FidelityTable.of(
                  run.fidelity(), run.production().toString(), "this run", RunFidelity.GOOD));
    }
  }
}
