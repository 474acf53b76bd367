package dev.candor.report.console;

import dev.candor.analysis.Summary;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Numbers as every report shows them. */
public final class Figures {
  private Figures() {}

  /** Milliseconds with three digits that count, and their unit; seconds from ten on. */
  public static String ms(double value) {
    if (value >= 10_000) {
      return String.format(Locale.ROOT, "%.2f s", value / 1000);
    }
    return String.format(
        Locale.ROOT, value < 10 ? "%.2f ms" : value < 100 ? "%.1f ms" : "%.0f ms", value);
  }

  /** A plain number, thousands set apart. */
  public static String number(double value) {
    return String.format(
        Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%,.0f" : "%.2f", value);
  }

  /** A ratio in percent. */
  public static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.1f %%", ratio * 100);
  }

  /** Counts by name: {@code completed 2,000, rate_limited 2}. */
  public static String counts(SortedMap<String, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " " + number(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** What became of the requests intended, as a sum. */
  public static String sum(Summary.Requests r) {
    String abandoned = r.abandoned() == 0 ? "" : " + %d abandoned".formatted(r.abandoned());
    return "%d intended = %d completed + %d failed%s + %d unfinished"
        .formatted(r.intended(), r.completed(), r.failed(), abandoned, r.unfinished());
  }

  /** How much of the prompts came from the server's cache, by all who know. */
  public static String cache(Summary.Cache cache) {
    StringBuilder text = new StringBuilder();
    if (cache.asked() != null) {
      text.append(percent(cache.asked())).append(" of prompt tokens asked for, ");
    }
    text.append(cache.hitRate() == null ? "n/a" : percent(cache.hitRate())).append(" by usage");
    if (cache.serverHitRate() != null) {
      text.append(", ").append(percent(cache.serverHitRate())).append(" by the server's counters");
    }
    if (cache.ceiling() != null) {
      text.append("; ").append(percent(cache.ceiling())).append(" at best");
    }
    return text.toString();
  }

  public static String money(double value) {
    return String.format(
        Locale.ROOT, value != 0 && Math.abs(value) < 0.01 ? "%.6f" : "%.4f", value);
  }
}
