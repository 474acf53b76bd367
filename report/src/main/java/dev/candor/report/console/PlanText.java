package dev.candor.report.console;

import dev.candor.analysis.plan.CapacityPlan;
import java.util.List;

/** A plan for a terminal. */
public final class PlanText {
  private static final int WIDTH = 110;

  /** A cell of more characters is a sentence, and goes to a line of its own. */
  private static final int WIDEST = 44;

  private PlanText() {}

  public static String of(CapacityPlan plan) {
    StringBuilder text = new StringBuilder(plan.sentence()).append('\n');
    text.append(PlanTables.peak(plan)).append('\n');
    for (PlanTables.Table table : PlanTables.of(plan)) {
      text.append('\n').append(table.title()).append('\n');
      wrap(text, table.see());
      rows(text, table);
    }
    if (!plan.notes().isEmpty()) {
      text.append('\n');
      plan.notes().forEach(note -> wrap(text, "note: " + note));
    }
    return text.toString();
  }

  private static void rows(StringBuilder text, PlanTables.Table table) {
    int[] widths = new int[table.columns().size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = table.columns().get(i).length();
      for (List<String> row : table.rows()) {
        int length = row.get(i).length();
        widths[i] = Math.max(widths[i], length > WIDEST ? 0 : length);
      }
    }
    line(text, table.columns(), widths);
    table.rows().forEach(row -> line(text, row, widths));
  }

  private static void line(StringBuilder text, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder(" ");
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      line.append(' ').append(cell).repeat(' ', Math.max(0, widths[i] - cell.length()) + 1);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static void wrap(StringBuilder text, String sentence) {
    StringBuilder line = new StringBuilder(" ");
    for (String word : sentence.split(" ")) {
      if (line.length() + word.length() >= WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(" ");
      }
      line.append(' ').append(word);
    }
    text.append(line).append('\n');
  }
}
