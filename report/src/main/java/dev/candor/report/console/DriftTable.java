package dev.candor.report.console;

import dev.candor.analysis.drift.Drift;
import dev.candor.analysis.drift.DriftMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What drifted, in rows of text, the same for the console and the HTML report. */
public final class DriftTable {
  private DriftTable() {}

  /** What the columns are. */
  public static List<String> columns() {
    return List.of("metric", "at first", "% an hour", "95 % interval", "p", "");
  }

  /** A row for each trend. */
  public static List<List<String>> rows(Drift drift) {
    List<List<String>> rows = new ArrayList<>();
    for (Drift.Trend t : drift.trends()) {
      Double percent = t.percent(t.perHour());
      rows.add(
          List.of(
              t.metric().key(),
              level(t),
              percent == null ? perHour(t) : signed(percent),
              interval(t.percent(t.low()), t.percent(t.high())),
              String.format(Locale.ROOT, t.adjusted() < 0.001 ? "%.0e" : "%.3f", t.adjusted()),
              word(t)));
    }
    return rows;
  }

  /** What was tested: {@code hold, 4.0 h in 240 windows of 60 s}. */
  public static String scope(Drift drift) {
    return String.format(
        Locale.ROOT,
        "%s, %s in %d windows of %.0f s",
        drift.phase(),
        drift.hours() < 1
            ? String.format(Locale.ROOT, "%.0f min", drift.hours() * 60)
            : String.format(Locale.ROOT, "%.1f h", drift.hours()),
        drift.windows(),
        drift.windowS());
  }

  static List<String> lines(Drift drift) {
    List<String> lines = new ArrayList<>();
    lines.add("drift        " + scope(drift));
    lines.add(row(columns()));
    rows(drift).forEach(cells -> lines.add(row(cells)));
    return lines;
  }

  private static String row(List<String> cells) {
    return String.format(
            Locale.ROOT,
            "  %-23s%11s%11s%17s%8s  %s",
            cells.get(0),
            cells.get(1),
            cells.get(2),
            cells.get(3),
            cells.get(4),
            cells.get(5))
        .stripTrailing();
  }

  private static String level(Drift.Trend t) {
    String unit = t.metric().unit();
    return t.metric() == DriftMetric.TTFT || t.metric() == DriftMetric.ITL
        ? Figures.ms(t.start())
        : number(t.start()) + (unit.isEmpty() || unit.equals("requests") ? "" : " " + unit);
  }

  private static String perHour(Drift.Trend t) {
    return t.perHour() == 0 ? "0" : String.format(Locale.ROOT, "%+.2g abs.", t.perHour());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.3g" : "%,.0f", value);
  }

  private static String interval(@Nullable Double low, @Nullable Double high) {
    return low == null || high == null ? "n/a" : signed(low) + " to " + signed(high);
  }

  private static String signed(double percent) {
    return String.format(Locale.ROOT, Math.abs(percent) < 99.995 ? "%+.2f" : "%+.0f", percent);
  }

  private static String word(Drift.Trend t) {
    if (!t.drifting()) {
      return "";
    }
    return switch (t.metric().side()) {
      case SERVICE -> t.worse() ? "WORSE" : "better";
      case SERVER -> "drifts";
      case CLIENT -> t.worse() ? "CLIENT'S" : "drifts";
    };
  }
}
