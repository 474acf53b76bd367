package dev.candor.load.health;

import org.HdrHistogram.Histogram;

/**
 * How late things were in a second, at the 99th percentile. Where nothing is ever late, as in
 * virtual time, it costs next to nothing. For one thread.
 */
final class Lateness {
  private final long latest;
  private final Histogram late;
  private long punctual;

  /**
   * @param latest what is later counts as that
   */
  Lateness(long latest) {
    this.latest = latest;
    late = new Histogram(latest, 3);
  }

  void add(long nanos) {
    if (nanos <= 0) {
      punctual++;
    } else {
      late.recordValue(Math.min(nanos, latest));
    }
  }

  long count() {
    return punctual + late.getTotalCount();
  }

  /** In nanoseconds; 0 of nothing. */
  long p99() {
    long rank = (long) Math.ceil(0.99 * count() - 1e-9);
    if (rank <= punctual) {
      return 0;
    }
    return late.getValueAtPercentile(100.0 * (rank - punctual - 0.5) / late.getTotalCount());
  }

  void reset() {
    punctual = 0;
    if (late.getTotalCount() > 0) {
      late.reset();
    }
  }
}
