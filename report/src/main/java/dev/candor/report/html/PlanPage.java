package dev.candor.report.html;

import dev.candor.analysis.plan.CapacityPlan;
import dev.candor.analysis.plan.PlanCheck;
import dev.candor.report.console.PlanTables;
import java.util.List;

/** plan.html: one file with a reference to nothing outside it. */
public final class PlanPage {
  private PlanPage() {}

  /** Its text. */
  public static String of(CapacityPlan plan) {
    PlanCheck check = plan.check();
    List<Section> sections = PlanSection.of(plan);
    StringBuilder body =
        new StringBuilder("<header><p class=kicker>Candor ")
            .append(Html.escape(plan.candor()))
            .append("</p><h1>Capacity plan</h1><p class=\"verdict ")
            .append(check == null || check.agrees() ? "pass" : "fail")
            .append("\">")
            .append(Html.escape(plan.sentence()))
            .append("</p><p class=see>")
            .append(Html.escape(PlanTables.peak(plan)))
            .append("</p></header>\n")
            .append(Contents.of(sections));
    sections.forEach(section -> body.append(section.html()));
    return PageShell.of("Capacity plan – Candor", body.toString());
  }
}
