package dev.candor.mock;

import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How late the mock was, since its start: its own error.
 *
 * @param warning why its latencies should not be believed, or null
 */
public record LatenessReport(
    long events,
    long p50Nanos,
    long p99Nanos,
    long maxNanos,
    int seconds,
    int lateSeconds,
    @Nullable String warning) {

  static LatenessReport of(Lateness lateness) {
    Histogram sum = lateness.sinceStart();
    int seconds = lateness.seconds();
    int late = lateness.lateSeconds();
    long p99 = sum.getValueAtPercentile(99);
    String warning =
        Lateness.isLate(late, seconds)
            ? String.format(
                Locale.ROOT,
                "the mock was late in %d of %d seconds (events sent after they were due: p99 %.1f"
                    + " ms, max %.1f ms): do not believe its latencies",
                late,
                seconds,
                p99 / 1e6,
                sum.getMaxValue() / 1e6)
            : null;
    return new LatenessReport(
        sum.getTotalCount(),
        sum.getValueAtPercentile(50),
        p99,
        sum.getMaxValue(),
        seconds,
        late,
        warning);
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"lateness\":{\"events\":%d,\"p50_ns\":%d,\"p99_ns\":%d,\"max_ns\":%d,\"seconds\":%d,\"late_seconds\":%d,\"warning\":%s}}",
        events,
        p50Nanos,
        p99Nanos,
        maxNanos,
        seconds,
        lateSeconds,
        warning == null ? "null" : "\"" + warning + "\"");
  }
}
