package dev.candor.report.markdown;

import dev.candor.analysis.plan.CapacityPlan;
import dev.candor.report.console.PlanTables;
import java.util.List;
import java.util.stream.Collectors;

/** plan.md. */
public final class PlanMarkdown {
  private PlanMarkdown() {}

  public static String of(CapacityPlan plan) {
    StringBuilder text = new StringBuilder("# Capacity plan\n\n");
    text.append("**").append(escape(plan.sentence())).append("**\n\n");
    text.append(escape(PlanTables.peak(plan))).append('\n');
    for (PlanTables.Table table : PlanTables.of(plan)) {
      text.append("\n## ").append(table.title()).append("\n\n");
      text.append(escape(table.see())).append("\n\n");
      line(text, table.columns());
      text.append("| --- ".repeat(table.columns().size())).append("|\n");
      table.rows().forEach(row -> line(text, row));
    }
    if (!plan.notes().isEmpty()) {
      text.append("\n## Notes\n\n");
      plan.notes().forEach(note -> text.append("* ").append(escape(note)).append('\n'));
    }
    text.append("\nCandor ").append(plan.candor()).append('\n');
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(
        cells.stream().map(PlanMarkdown::escape).collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  /** Names of files and runs may have any character. */
  private static String escape(String text) {
    return text.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace("*", "\\*")
        .replace("_", "\\_")
        .replace("`", "\\`")
        .replace("\n", " ");
  }
}
