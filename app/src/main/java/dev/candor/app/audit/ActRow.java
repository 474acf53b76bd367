package dev.candor.app.audit;

import dev.candor.base.units.Durations;
import dev.candor.mock.FaultPlay.Played;
import dev.candor.mock.audit.AuditFigures;
import dev.candor.mock.audit.AuditReport;
import dev.candor.mock.audit.Estimate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A row of the table of acts; what is not known is {@code –}. */
final class ActRow {
  static final List<String> HEAD =
      List.of(
          "act",
          "calls",
          "attempts",
          "a call",
          "failed",
          "retried",
          "gave up",
          "pause",
          "retry-after",
          "left after",
          "longest",
          "verdict");

  private static final String NONE = "–";

  private ActRow() {}

  static List<String> of(Played played) {
    return of(played.act().name(), played.audit());
  }

  static List<String> of(String name, AuditReport report) {
    AuditFigures figures = report.figures();
    Estimate pause = figures.backoff().pauseNanos();
    AuditFigures.RetryAfter asked = figures.retryAfter();
    AuditFigures.Holding holding = figures.holding();
    boolean silent = figures.attempts().total() == 0;
    return List.of(
        name,
        Long.toString(figures.calls().total()),
        Long.toString(figures.attempts().total()),
        amplification(figures.pressure().amplification()),
        figures.failures().counts().isEmpty()
            ? NONE
            : figures.failures().counts().entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", ")),
        Long.toString(sum(figures)),
        Long.toString(figures.calls().gaveUp()),
        pause == null ? NONE : time(Math.round(pause.median())),
        asked.asked() == 0 ? NONE : "%d of %d kept".formatted(asked.kept(), asked.asked()),
        holding.leftSoonestNanos() == null ? NONE : time(holding.leftSoonestNanos()),
        holding.longestNanos() == null ? NONE : time(holding.longestNanos()),
        silent ? NONE : report.verdict().key());
  }

  private static long sum(AuditFigures figures) {
    return figures.failures().retried().values().stream().mapToLong(Long::longValue).sum();
  }

  private static String amplification(@Nullable Double value) {
    return value == null ? NONE : String.format(Locale.ROOT, "%.2f", value);
  }

  private static String time(long nanos) {
    return Durations.format(Duration.ofNanos(nanos));
  }
}
