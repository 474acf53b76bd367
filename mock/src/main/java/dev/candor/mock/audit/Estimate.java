package dev.candor.mock.audit;

import dev.candor.base.stats.OrderStatisticInterval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A median and the interval that holds the true one with 95 % confidence.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Estimate(double median, double low, double high) {
  /** Of five values, not even smallest and largest hold the median with 95 % confidence. */
  private static final int FEWEST = 6;

  /** Of {@code values}; null where they are too few. */
  static @Nullable Estimate of(List<Double> values) {
    int count = values.size();
    if (count < FEWEST) {
      return null;
    }
    List<Double> sorted = values.stream().sorted().toList();
    OrderStatisticInterval ranks = OrderStatisticInterval.of95(count, 0.5);
    return new Estimate(
        (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2,
        sorted.get((int) ranks.lowRank() - 1),
        sorted.get((int) ranks.highRank() - 1));
  }
}
