package dev.candor.report.console;

import dev.candor.analysis.warning.EarlyWarning;
import dev.candor.analysis.warning.EarlyWarning.Lead;
import dev.candor.analysis.warning.EarlyWarning.Row;
import dev.candor.analysis.warning.EarlyWarning.Trouble;
import dev.candor.analysis.warning.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What told of trouble ahead of it, as cells and as a table of 80 columns. */
public final class EarlyWarningTable {
  private static final int[] WIDTHS = {10, 9, 9, 10, 9, 11};

  private EarlyWarningTable() {}

  public static List<String> columns() {
    return List.of("signal", "good max", "onset at", "level", "to missed", "to error", "alert at");
  }

  /** A row a signal. */
  public static List<List<String>> rows(EarlyWarning warning) {
    return warning.signals().stream().map(row -> cells(row, warning)).toList();
  }

  private static List<String> cells(Row row, EarlyWarning warning) {
    Signal signal = row.signal();
    return List.of(
        signal.words(),
        level(signal, row.good()),
        row.onsetS() == null ? "none" : seconds(row.onsetS()),
        level(signal, row.level()),
        lead(row.toMissed()),
        lead(row.toFirstError()),
        level(signal, row.alertAt()) + (row.equals(warning.best()) ? " *" : ""));
  }

  /** When the trouble came, in a sentence. */
  public static String troubles(EarlyWarning warning) {
    return warning.troubles().stream()
        .map(EarlyWarningTable::trouble)
        .collect(Collectors.joining("; "));
  }

  private static String trouble(Trouble trouble) {
    return "%s: goodput fell at %s, the first error came at %s"
        .formatted(
            trouble.name(),
            seconds(trouble.missedS()),
            trouble.firstErrorS() == null ? "no time" : seconds(trouble.firstErrorS()));
  }

  /** The table for a terminal, without the sentences. */
  static List<String> lines(EarlyWarning warning) {
    List<String> lines = new ArrayList<>();
    lines.add(line(columns()));
    rows(warning).forEach(cells -> lines.add(line(cells)));
    return lines;
  }

  private static String line(List<String> cells) {
    StringBuilder line = new StringBuilder("  %-20s".formatted(cells.getFirst()));
    for (int i = 1; i < cells.size(); i++) {
      line.append(" ".repeat(Math.max(1, WIDTHS[i - 1] - cells.get(i).length())));
      line.append(cells.get(i));
    }
    return line.toString().stripTrailing();
  }

  private static String level(Signal signal, @Nullable Double level) {
    return level == null ? "n/a" : signal.format(level);
  }

  /** The least of several: what can be counted on. */
  private static String lead(@Nullable Lead lead) {
    return lead == null ? "n/a" : String.format(Locale.ROOT, "%+.1f s", lead.least());
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }
}
