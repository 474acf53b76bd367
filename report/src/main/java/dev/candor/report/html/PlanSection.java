package dev.candor.report.html;

import dev.candor.analysis.plan.CapacityPlan;
import dev.candor.analysis.plan.PlanJson;
import dev.candor.base.error.CandorException;
import dev.candor.report.console.PlanTables;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plan's tables with their pictures. */
final class PlanSection {
  private PlanSection() {}

  /** The plan that {@code candor plan --out} has left beside a run's report; none: nothing. */
  static String beside(Path report) {
    Path file = report.resolveSibling("plan.json");
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try {
      CapacityPlan plan = PlanJson.read(file);
      return "<section><h2>Capacity plan</h2><p class=see>%s. %s.</p></section>%s"
          .formatted(Html.escape(plan.sentence()), Html.escape(PlanTables.peak(plan)), of(plan));
    } catch (CandorException e) {
      return "<section><h2>Capacity plan</h2><p class=see>%s</p></section>"
          .formatted(Html.escape(String.valueOf(e.getMessage())));
    }
  }

  static String of(CapacityPlan plan) {
    StringBuilder html = new StringBuilder();
    for (PlanTables.Table table : PlanTables.of(plan)) {
      html.append("<section><h2>")
          .append(Html.escape(table.title()))
          .append("</h2><p class=see>")
          .append(Html.escape(table.see()))
          .append("</p>")
          .append(picture(table.title(), plan))
          .append(HtmlTable.of("scroll facts", table.columns(), table.rows()))
          .append("</section>");
    }
    if (!plan.notes().isEmpty()) {
      html.append("<section><h2>Notes on the plan</h2><ul class=bands>");
      plan.notes().forEach(note -> html.append("<li>").append(Html.escape(note)).append("</li>"));
      html.append("</ul></section>");
    }
    return html.toString();
  }

  private static String picture(String title, CapacityPlan plan) {
    return switch (title) {
      case "What binds" -> PlanCharts.needs(plan);
      case "What if" -> PlanCharts.variations(plan.variations());
      case "Over the day" ->
          PlanCharts.day(plan.day(), plan.fleets().getFirst().replicas().likely());
      default -> "";
    };
  }
}
