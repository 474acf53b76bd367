package dev.candor.report.html;

import dev.candor.analysis.plan.CapacityPlan;
import dev.candor.analysis.plan.PlanCheck;
import dev.candor.report.console.PlanTables;
import java.io.IOException;

/** plan.html: one file without a script or a reference to anything outside it. */
public final class PlanPage {
  private PlanPage() {}

  /** Its text. */
  public static String of(CapacityPlan plan) throws IOException {
    PlanCheck check = plan.check();
    return "<!doctype html><html lang=en><meta charset=utf-8>"
        + "<meta name=viewport content=\"width=device-width,initial-scale=1\">"
        + "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        + "<title>Capacity plan – Candor</title><style>"
        + HtmlReport.css()
        + "</style><main><header><p class=kicker>Candor "
        + Html.escape(plan.candor())
        + "</p><h1>Capacity plan</h1><p class=\"verdict "
        + (check == null || check.agrees() ? "pass" : "fail")
        + "\">"
        + Html.escape(plan.sentence())
        + "</p><p class=see>"
        + Html.escape(PlanTables.peak(plan))
        + "</p></header>"
        + PlanSection.of(plan)
        + "</main></html>\n";
  }
}
