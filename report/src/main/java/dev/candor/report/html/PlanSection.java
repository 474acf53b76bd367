package dev.candor.report.html;

import dev.candor.analysis.plan.CapacityPlan;
import dev.candor.report.console.PlanTables;

/** A plan's tables with their pictures. */
final class PlanSection {
  private PlanSection() {}

  static String of(CapacityPlan plan) {
    StringBuilder html = new StringBuilder();
    for (PlanTables.Table table : PlanTables.of(plan)) {
      html.append("<section><h2>")
          .append(Html.escape(table.title()))
          .append("</h2><p class=see>")
          .append(Html.escape(table.see()))
          .append("</p>")
          .append(picture(table.title(), plan))
          .append(HtmlTable.of("scroll", table.columns(), table.rows()))
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
