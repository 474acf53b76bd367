package dev.candor.report.markdown;

import dev.candor.analysis.plan.CapacityPlan;
import dev.candor.report.console.PlanTables;

/** plan.md. */
public final class PlanMarkdown {
  private PlanMarkdown() {}

  public static String of(CapacityPlan plan) {
    StringBuilder text = new StringBuilder("# Capacity plan\n\n");
    text.append("**").append(MarkdownTable.escape(plan.sentence())).append("**\n\n");
    text.append(MarkdownTable.escape(PlanTables.peak(plan))).append('\n');
    for (PlanTables.Table table : PlanTables.of(plan)) {
      text.append("\n## ").append(table.title()).append("\n\n");
      text.append(MarkdownTable.escape(table.see())).append("\n\n");
      MarkdownTable rows = new MarkdownTable(table.columns(), false);
      table.rows().forEach(rows::row);
      text.append(rows);
    }
    if (!plan.notes().isEmpty()) {
      text.append("\n## Notes\n\n");
      plan.notes()
          .forEach(note -> text.append("* ").append(MarkdownTable.escape(note)).append('\n'));
    }
    text.append("\nCandor ").append(plan.candor()).append('\n');
    return text.toString();
  }
}
