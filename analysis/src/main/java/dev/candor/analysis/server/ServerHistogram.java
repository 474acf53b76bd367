package dev.candor.analysis.server;

import dev.candor.base.stats.OrderStatisticInterval;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A latency as a server's histogram has it over some time.
 *
 * @param cumulative values up to each bound in seconds; the last bound is infinite
 * @param sum of all values, in seconds; null where it is not told
 */
record ServerHistogram(NavigableMap<Double, Double> cumulative, @Nullable Double sum) {

  /**
   * A quantile: on the straight line through its bucket, and the bucket's bounds, between which it
   * surely is. Milliseconds.
   *
   * @param value null where it is beyond the last bound, as is {@code high}
   */
  record Quantile(@Nullable Double value, double low, @Nullable Double high) {}

  double count() {
    return cumulative.isEmpty() ? 0 : cumulative.lastEntry().getValue();
  }

  @Nullable Double meanMs() {
    return sum == null || count() <= 0 ? null : Double.valueOf(sum / count() * 1e3);
  }

  /** The q-quantile; null where there are no buckets, or too few values for it. */
  @Nullable Quantile quantile(double q) {
    double count = count();
    if (cumulative.size() < 2 || !OrderStatisticInterval.isKnowable(Math.round(count), q)) {
      return null;
    }
    double rank = q * count;
    double low = 0;
    double below = 0;
    for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
      double high = bucket.getKey();
      double upTo = bucket.getValue();
      if (upTo >= rank && upTo > below) {
        return Double.isInfinite(high)
            ? new Quantile(null, low * 1e3, null)
            : new Quantile(
                (low + (high - low) * (rank - below) / (upTo - below)) * 1e3,
                low * 1e3,
                high * 1e3);
      }
      low = Math.max(0, high);
      below = upTo;
    }
    return null;
  }

  /** Both together; null where their bounds differ, as of two kinds of servers. */
  static @Nullable ServerHistogram sum(@Nullable ServerHistogram a, ServerHistogram b) {
    if (a == null || !a.cumulative.keySet().equals(b.cumulative.keySet())) {
      return null;
    }
    NavigableMap<Double, Double> both = new TreeMap<>(a.cumulative);
    b.cumulative.forEach((le, count) -> both.merge(le, count, Double::sum));
    return new ServerHistogram(
        both, a.sum == null || b.sum == null ? null : Double.valueOf(a.sum + b.sum));
  }
}
