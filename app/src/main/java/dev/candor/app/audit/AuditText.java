package dev.candor.app.audit;

import dev.candor.mock.FaultPlay.Played;
import dev.candor.scenario.AuditScript.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An audit's result, for a terminal. */
public final class AuditText {
  private static final int WIDTH = 118;

  private AuditText() {}

  /** The table of acts, the findings and the verdict. */
  public static String of(AuditResult result) {
    StringBuilder text = new StringBuilder();
    text.append(table(rows(result)));
    if (!result.notReached().isEmpty()) {
      text.append("not reached: %s%n".formatted(names(result.notReached())));
    }
    if (result.application() != null) {
      text.append("the application: %s%n".formatted(result.application()));
    }
    for (AuditFinding finding : result.findings()) {
      text.append("%n%s %s%n".formatted(finding.severity().key(), finding.id()));
      text.append(wrapped("  seen  ", finding.seen()));
      text.append(wrapped("  why   ", finding.why()));
      text.append(wrapped("  fix   ", finding.fix()));
    }
    text.append("%nverdict: %s%n".formatted(result.verdict().key()));
    for (String reason : result.reasons()) {
      text.append("  ").append(reason).append(System.lineSeparator());
    }
    return text.toString();
  }

  /** Lines of at most {@link #WIDTH} characters, the first behind {@code label}. */
  private static String wrapped(String label, String words) {
    StringBuilder text = new StringBuilder(label);
    int column = label.length();
    for (String word : words.split(" ", -1)) {
      if (column > label.length() && column + word.length() > WIDTH) {
        text.append(System.lineSeparator()).repeat(" ", label.length());
        column = label.length();
      }
      text.append(word).append(' ');
      column += word.length() + 1;
    }
    return text.toString().stripTrailing() + System.lineSeparator();
  }

  static List<List<String>> rows(AuditResult result) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(ActRow.HEAD);
    for (Played played : result.acts()) {
      rows.add(ActRow.of(played));
    }
    rows.add(ActRow.of("all", result.whole()));
    return rows;
  }

  static String names(List<Act> acts) {
    return acts.stream().map(Act::name).collect(Collectors.joining(", "));
  }

  private static String table(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        String cell = row.get(column);
        String blank = " ".repeat(widths[column] - cell.length());
        line.append(column == 0 || column == columns - 1 ? cell + blank : blank + cell);
        line.append("  ");
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }
}
