package dev.candor.report.console;

import dev.candor.analysis.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Conversations in rows of text, the same for the console and the HTML report. */
public final class SessionRows {
  private SessionRows() {}

  /** What the columns after the first are. */
  public static List<String> columns(String first) {
    return List.of(first, "requests", "prompt", "cached", "TTFT p50", "p90", "p99");
  }

  /** A row for each of {@code rows}. */
  public static List<List<String>> of(List<Summary.SessionRow> rows) {
    List<List<String>> texts = new ArrayList<>();
    for (Summary.SessionRow row : rows) {
      texts.add(
          List.of(
              range(row),
              Figures.number(row.requests()),
              Figures.number(row.inputTokens()),
              row.hitRate() == null ? "n/a" : Figures.percent(row.hitRate()),
              ms(row.ttft().p50()),
              ms(row.ttft().p90()),
              ms(row.ttft().p99())));
    }
    return texts;
  }

  private static String range(Summary.SessionRow row) {
    Integer to = row.to();
    if (to == null) {
      return row.from() + " and later";
    }
    return to == row.from() ? Integer.toString(to) : row.from() + "–" + to;
  }

  private static String ms(@Nullable Double value) {
    return value == null ? "n/a" : Figures.ms(value);
  }

  /** "TTFT grows by 12.3 ms a turn (95 %: 11.9 to 12.8)", or that no change was seen. */
  public static @Nullable String slope(Summary.@Nullable Slope slope, String perWhat) {
    if (slope == null) {
      return null;
    }
    Summary.Interval ci = slope.ci95();
    boolean seen = ci.low() > 0 || ci.high() < 0;
    String change =
        seen
            ? String.format(
                Locale.ROOT,
                "%s by %.3g ms %s",
                slope.value() > 0 ? "grows" : "falls",
                Math.abs(slope.value()),
                perWhat)
            : String.format(Locale.ROOT, "shows no change %s: %.3g ms", perWhat, slope.value());
    return String.format(Locale.ROOT, "TTFT %s (95 %%: %.3g to %.3g)", change, ci.low(), ci.high());
  }
}
