package dev.candor.report.console;

import dev.candor.analysis.history.Trend;
import dev.candor.record.history.CataloguedRun;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Runs of a history, and a figure of theirs from run to run. */
public final class HistoryTable {
  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int COMMIT_CHARACTERS = 10;
  private static final double TREND = 0.05;

  private HistoryTable() {}

  /** The runs, a line each. */
  public static String of(List<CataloguedRun> runs) {
    if (runs.isEmpty()) {
      return "no runs in the history; candor history add RUN adds one\n";
    }
    StringBuilder text = new StringBuilder();
    text.append(
        "%5s  %-16s  %-20s %-12s %-10s  %-20s %s\n"
            .formatted("run", "start (UTC)", "scenario", "verdict", "commit", "tags", "directory"));
    for (CataloguedRun run : runs) {
      text.append(
              "%5d  %-16s  %-20s %-12s %-10s  %-20s %s"
                  .formatted(
                      run.id(),
                      START.format(run.start()),
                      run.scenario(),
                      run.verdict(),
                      commit(run.commit()),
                      String.join(",", run.tags()),
                      run.directory())
                  .stripTrailing())
          .append('\n');
    }
    return text.toString();
  }

  private static String commit(@Nullable String commit) {
    return commit == null ? "" : commit.substring(0, Math.min(COMMIT_CHARACTERS, commit.length()));
  }

  /**
   * A figure from run to run.
   *
   * @param runs those that have it, in order
   * @param values one a run
   */
  public static String trend(String title, List<CataloguedRun> runs, double[] values, Trend trend) {
    StringBuilder text = new StringBuilder(title).append('\n');
    text.append(Sparkline.between(values)).append('\n');
    text.append(
        "%5s  %-16s  %-10s %12s %9s  %s\n"
            .formatted("run", "start (UTC)", "commit", "value", "change", "against those before"));
    for (int i = 0; i < values.length; i++) {
      Trend.Mark mark = trend.marks().get(i);
      Double change = mark.change();
      text.append(
              "%5d  %-16s  %-10s %12s %9s  %s"
                  .formatted(
                      runs.get(i).id(),
                      START.format(runs.get(i).start()),
                      commit(runs.get(i).commit()),
                      significant(values[i]),
                      change == null ? "" : String.format(Locale.ROOT, "%+.1f %%", 100 * change),
                      words(mark))
                  .stripTrailing())
          .append('\n');
    }
    Double p = trend.p();
    if (p != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s over all runs (Mann-Kendall, p %.3f)\n",
              p < TREND ? "a trend" : "no trend",
              p));
    }
    return text.toString();
  }

  private static String words(Trend.Mark mark) {
    return switch (mark.kind()) {
      case EARLY -> "";
      case USUAL -> "as usual";
      case OUTLIER -> "OUTLIER";
      case CHANGE -> "CHANGED";
    };
  }

  private static String significant(double value) {
    return Math.abs(value) >= 1000
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
