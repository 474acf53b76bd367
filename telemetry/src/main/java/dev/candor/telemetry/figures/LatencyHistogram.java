package dev.candor.telemetry.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Counts of latencies in fixed buckets. For one thread. */
final class LatencyHistogram {
  /*
   * Bounds at 1, 1.5, 2, 3, 5 and 7 of each power of ten: a quantile that is read from the buckets
   * is within a factor of 1.67 of the true one, whatever the scale, in some thirty series.
   */
  private static final long[] STEPS = {10, 15, 20, 30, 50, 70};

  static final long[] ITL = ladder(1_000_000, 10_000_000_000L);
  static final long[] TTFT = ladder(1_000_000, 100_000_000_000L);
  static final long[] E2E = ladder(10_000_000, 1_000_000_000_000L);

  private final long[] bounds;
  private final long[] counts;
  private double sum;

  LatencyHistogram(long[] boundsNanos) {
    bounds = boundsNanos;
    counts = new long[boundsNanos.length + 1];
  }

  void add(long nanos, long count) {
    long value = Math.max(0, nanos);
    int found = Arrays.binarySearch(bounds, value);
    counts[found >= 0 ? found : -found - 1] += count;
    sum += (double) value * count;
  }

  Sample.Buckets sample(Map<String, String> labels) {
    double[] seconds = LongStream.of(bounds).mapToDouble(nanos -> nanos / 1e9).toArray();
    return new Sample.Buckets(labels, seconds, counts.clone(), sum / 1e9);
  }

  private static long[] ladder(long from, long to) {
    List<Long> bounds = new ArrayList<>();
    for (long power = from; power < to; power *= 10) {
      for (long step : STEPS) {
        bounds.add(power / 10 * step);
      }
    }
    bounds.add(to);
    return bounds.stream().mapToLong(Long::longValue).toArray();
  }
}
