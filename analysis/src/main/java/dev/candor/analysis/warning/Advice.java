package dev.candor.analysis.warning;

import dev.candor.analysis.warning.EarlyWarning.Lead;
import dev.candor.analysis.warning.EarlyWarning.Row;
import dev.candor.analysis.warning.EarlyWarning.Trouble;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which signal to alert on: the one that is always ahead, by the most, and quiet before. */
final class Advice {
  private Advice() {}

  static EarlyWarning of(List<Trouble> troubles, List<Row> rows) {
    Row best =
        rows.stream()
            .filter(row -> row.alertAt() != null && row.onsets() == troubles.size())
            .filter(row -> leastLead(row) > 0)
            // Of equal ones the first.
            .max(
                Comparator.comparingDouble(Advice::leastLead)
                    .thenComparing(Row::signal, Comparator.reverseOrder()))
            .orElse(null);
    return new EarlyWarning(
        troubles, rows, best, best == null ? none(troubles) : advice(best, troubles));
  }

  private static double leastLead(Row row) {
    Lead lead = row.toMissed();
    return lead == null ? Double.NEGATIVE_INFINITY : lead.least();
  }

  private static String none(List<Trouble> troubles) {
    return "no signal told of the trouble in %s ahead of it at a level that it did not have in good times"
        .formatted(troubles.getFirst().name());
  }

  private static String advice(Row best, List<Trouble> troubles) {
    Signal signal = best.signal();
    double alertAt = best.alertAt() == null ? Double.NaN : best.alertAt();
    double good = best.good() == null ? Double.NaN : best.good();
    return "alert on %s above %s: it was at %s %s ahead of the missed SLOs%s%s, and never above %s while all was well"
        .formatted(
            signal.words(),
            signal.format(alertAt),
            best.level() == null ? "n/a" : signal.format(best.level()),
            seconds(best.toMissed()),
            error(best.toFirstError()),
            troubles.size() == 1 ? "" : " (the least of %d)".formatted(troubles.size()),
            signal.format(good));
  }

  private static String error(@Nullable Lead lead) {
    if (lead == null) {
      return "";
    }
    return lead.least() > 0
        ? " and %s ahead of the first error".formatted(seconds(lead))
        : " and %.1f s after the first error".formatted(-lead.least());
  }

  private static String seconds(@Nullable Lead lead) {
    return lead == null ? "n/a" : String.format(Locale.ROOT, "%.1f s", lead.least());
  }
}
