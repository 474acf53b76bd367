package dev.candor.analysis;

import dev.candor.base.stats.OrderStatisticInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Nanosecond samples of one latency: percentiles to 3 significant digits; mean, smallest and
 * largest value exact. For one thread. Merging adds counts, so percentiles of a merge are those of
 * the pooled samples.
 */
public final class LatencySketch {
  private static final double NANOS_PER_MILLI = 1e6;
  private final Counts counts = new Counts();
  private double sum;
  private long smallest = Long.MAX_VALUE;
  private long largest;

  public void add(long nanos, long count) {
    long value = Math.max(0, nanos);
    counts.add(value, count);
    sum += (double) value * count;
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
  }

  /** The gap before an event of {@code tokens} tokens: that many samples of an equal share. */
  public void addShared(long gapNanos, int tokens) {
    if (tokens > 0) {
      add(Math.round((double) gapNanos / tokens), tokens);
    }
  }

  /**
   * Adds the gaps between neighbours of {@code instants}, which do not go back, from that behind
   * {@code from} up to {@code to}: a sample each.
   */
  public void addGaps(long[] instants, int from, int to) {
    if (to - from < 2) {
      return;
    }
    counts.addGaps(instants, from, to);
    long least = smallest;
    long most = largest;
    for (int i = from + 1; i < to; i++) {
      long gap = instants[i] - instants[i - 1];
      least = Math.min(least, gap);
      most = Math.max(most, gap);
    }
    smallest = least;
    largest = most;
    // The gaps telescope.
    sum += instants[to - 1] - instants[from];
  }

  /** Tells each value, to 3 significant digits, and how many there are of it. */
  public void forEach(Visitor visitor) {
    counts.forEach(visitor);
  }

  /** Takes values with their counts. */
  public interface Visitor {
    void take(long nanos, long count);
  }

  void merge(LatencySketch other) {
    counts.add(other.counts);
    sum += other.sum;
    smallest = Math.min(smallest, other.smallest);
    largest = Math.max(largest, other.largest);
  }

  public Summary.Latency latency() {
    long n = total();
    SortedMap<String, Summary.Interval> ci95 = new TreeMap<>();
    return new Summary.Latency(
        n,
        n == 0 ? null : sum / n / NANOS_PER_MILLI,
        n == 0 ? null : smallest / NANOS_PER_MILLI,
        n == 0 ? null : largest / NANOS_PER_MILLI,
        percentile("p50", 0.5, ci95),
        percentile("p90", 0.9, ci95),
        percentile("p95", 0.95, ci95),
        percentile("p99", 0.99, ci95),
        percentile("p999", 0.999, ci95),
        ci95);
  }

  /** Quantile {@code q} in milliseconds, however small the sample; null where it is empty. */
  public @Nullable Double quantileMs(double q) {
    return isEmpty() ? null : quantile(q) / NANOS_PER_MILLI;
  }

  /** The largest value in milliseconds, null where empty. */
  @Nullable Double maxMs() {
    return isEmpty() ? null : largest / NANOS_PER_MILLI;
  }

  /** The 99th percentile in milliseconds; where there are too few samples for it, the largest. */
  public @Nullable Double p99OrMaxMs() {
    boolean known = OrderStatisticInterval.isKnowable(total(), 0.99);
    return known ? quantileMs(0.99) : maxMs();
  }

  boolean isEmpty() {
    return total() == 0;
  }

  /** Quantile {@code q} in nanoseconds, from the smallest at 0 to the largest at 1. */
  double quantile(double q) {
    long n = total();
    return atRank(Math.max(1, (long) Math.ceil(n * q - 1e-9)));
  }

  /** About {@code bars} bars of equal width in logs, from the smallest to the largest value. */
  public List<Analysis.Bin> bins(int bars) {
    List<Analysis.Bin> bins = new ArrayList<>();
    if (total() == 0) {
      return bins;
    }
    double low = Math.max(1, smallest);
    double high = Math.max(low * 1.001, largest * 1.001);
    double step = Math.pow(high / low, 1.0 / bars);
    double from = low;
    long before = 0;
    for (int i = 0; i < bars; i++) {
      double to = i == bars - 1 ? high : from * step;
      long upTo = i == bars - 1 ? total() : counts.upTo(Math.max(0, (long) to));
      bins.add(new Analysis.Bin(from / NANOS_PER_MILLI, to / NANOS_PER_MILLI, upTo - before));
      before = upTo;
      from = to;
    }
    return bins;
  }

  private @Nullable Double percentile(
      String name, double q, SortedMap<String, Summary.Interval> ci95) {
    long n = total();
    if (!OrderStatisticInterval.isKnowable(n, q)) {
      return null;
    }
    OrderStatisticInterval ranks = OrderStatisticInterval.of95(n, q);
    ci95.put(
        name,
        new Summary.Interval(
            atRank(ranks.lowRank()) / NANOS_PER_MILLI, atRank(ranks.highRank()) / NANOS_PER_MILLI));
    return quantile(q) / NANOS_PER_MILLI;
  }

  private long total() {
    return counts.total();
  }

  private double atRank(long rank) {
    return Math.clamp(counts.atRank(rank), smallest, largest);
  }
}
