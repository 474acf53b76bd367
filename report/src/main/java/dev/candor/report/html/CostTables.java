package dev.candor.report.html;

import dev.candor.analysis.Summary;
import dev.candor.report.console.CostLines;
import dev.candor.report.console.Figures;
import dev.candor.report.html.Section.Part;
import dev.candor.report.picture.CostPictures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the run cost by phase and request, and what of it nobody had anything of. */
final class CostTables {
  private CostTables() {}

  /** None where nothing is known of money and no token was wasted. */
  static List<Section> of(Summary summary) {
    List<Summary.WastedBy> wasted = CostPictures.wasted(summary.overall());
    Summary.Cost cost = summary.overall().cost();
    if (cost == null && wasted.isEmpty()) {
      return List.of();
    }
    Section section = new Section(Part.TABLES, "cost", "Cost");
    if (cost != null) {
      section.see(
          "A request is all its attempts. What was cut off is billed for its prompt and for the tokens that had come; what was refused is not billed. In %s."
              .formatted(cost.currency()));
      byPhase(section, summary);
    }
    if (!wasted.isEmpty()) {
      section
          .heading("Wasted: tokens whose answer no user saw")
          .table(
              List.of("cause", "attempts", "input tokens", "output tokens", "cost"),
              wasted.stream().map(CostTables::wasted).toList());
    }
    return List.of(section);
  }

  private static List<String> wasted(Summary.WastedBy by) {
    return List.of(
        by.cause(),
        Figures.number(by.attempts()),
        Figures.number(by.inputTokens()),
        Figures.number(by.outputTokens()),
        CostLines.money(by.cost()));
  }

  /** A column a phase. */
  private static void byPhase(Section section, Summary summary) {
    List<Summary.Phase> phases = new ArrayList<>(summary.phases());
    if (phases.size() > 1) {
      phases.add(summary.overall());
    }
    List<String> head = new ArrayList<>(List.of(""));
    List<Summary.Cost> costs = new ArrayList<>();
    for (Summary.Phase phase : phases) {
      if (phase.cost() != null) {
        head.add(phase.name());
        costs.add(phase.cost());
      }
    }
    List<List<String>> rows = new ArrayList<>();
    row(rows, "total", costs, cost -> Figures.money(cost.total()));
    row(rows, "of it wasted", costs, cost -> Figures.money(cost.wasted()));
    for (String name : List.of("mean", "p50", "p95", "p99", "max")) {
      row(
          rows,
          "a request, " + name,
          costs,
          cost -> CostLines.perRequest(cost).getOrDefault(name, "n/a"));
    }
    row(rows, "an answer", costs, cost -> CostLines.money(cost.perSuccess()));
    row(rows, "a good answer", costs, cost -> CostLines.money(cost.perGood()));
    row(rows, "a session", costs, cost -> CostLines.money(cost.perSession()));
    row(rows, "a million tokens", costs, cost -> CostLines.money(cost.perMillionTokens()));
    section.table(head, rows);
  }

  private static void row(
      List<List<String>> rows,
      String title,
      List<Summary.Cost> costs,
      Function<Summary.Cost, String> value) {
    List<String> row = new ArrayList<>(List.of(title));
    costs.forEach(cost -> row.add(value.apply(cost)));
    rows.add(row);
  }
}
