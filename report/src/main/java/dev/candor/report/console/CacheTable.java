package dev.candor.report.console;

import dev.candor.analysis.Summary;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The figures of one scenario in several states of the cache, side by side. */
public final class CacheTable {
  private CacheTable() {}

  /** The figures of one state. */
  public record Column(String state, Summary.Phase overall) {}

  /** The text; the first column is what the others are compared with. */
  public static String render(List<Column> columns) {
    StringBuilder text = new StringBuilder();
    row(text, "", columns, Column::state);
    row(text, "hit rate asked", columns, c -> percent(c.overall().cache().asked()));
    row(text, "  by usage", columns, c -> percent(c.overall().cache().hitRate()));
    row(text, "  by the server", columns, c -> percent(c.overall().cache().serverHitRate()));
    row(text, "  at best", columns, c -> percent(c.overall().cache().ceiling()));
    row(text, "TTFT p50", columns, c -> ms(ttft(c).p50()));
    row(text, "TTFT p90", columns, c -> ms(ttft(c).p90()));
    row(text, "TTFT p99", columns, c -> ms(ttft(c).p99()));
    row(text, "ITL p50", columns, c -> ms(latency(c, "itl").p50()));
    row(text, "output tok/s", columns, c -> Figures.number(c.overall().rates().outputTps()));
    row(text, "completed/s", columns, c -> Figures.number(c.overall().rates().requests()));
    row(text, "good/s", columns, c -> Figures.number(c.overall().goodput().requestsPerS()));
    double reference = columns.getFirst().overall().goodput().requestsPerS();
    row(
        text,
        "capacity",
        columns,
        c ->
            reference <= 0
                ? "n/a"
                : String.format(
                    Locale.ROOT, "× %.2f", c.overall().goodput().requestsPerS() / reference));
    if (columns.stream().anyMatch(c -> c.overall().cost() != null)) {
      row(text, "cost/request p50", columns, CacheTable::costPerRequest);
      row(text, "cost/M out", columns, CacheTable::costPerMillion);
    }
    return text.toString();
  }

  private interface Cell {
    String of(Column column);
  }

  private static void row(StringBuilder text, String name, List<Column> columns, Cell cell) {
    StringBuilder line = new StringBuilder("  %-18s".formatted(name));
    columns.forEach(column -> line.append("%14s".formatted(cell.of(column))));
    text.append(line.toString().stripTrailing()).append(System.lineSeparator());
  }

  private static Summary.Latency ttft(Column column) {
    return latency(column, "ttft");
  }

  private static Summary.Latency latency(Column column, String key) {
    Summary.Latency latency = column.overall().latency().get(key);
    if (latency == null) {
      throw new IllegalArgumentException("a phase has every latency: " + key);
    }
    return latency;
  }

  private static String costPerRequest(Column column) {
    Summary.Cost cost = column.overall().cost();
    return cost == null || cost.perRequestP50() == null
        ? "n/a"
        : Figures.money(cost.perRequestP50()) + " " + cost.currency();
  }

  private static String costPerMillion(Column column) {
    Summary.Cost cost = column.overall().cost();
    return cost == null || cost.perMillionOutputTokens() == null
        ? "n/a"
        : Figures.money(cost.perMillionOutputTokens()) + " " + cost.currency();
  }

  private static String percent(@Nullable Double ratio) {
    return ratio == null ? "n/a" : Figures.percent(ratio);
  }

  private static String ms(@Nullable Double value) {
    return value == null ? "n/a" : Figures.ms(value);
  }
}
