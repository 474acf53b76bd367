package dev.candor.analysis.cost;

import dev.candor.analysis.LatencySketch;
import dev.candor.record.AttemptRecord;
import java.util.HashMap;
import java.util.Map;

/**
 * Adds up amounts by request, all its attempts together, into a distribution. For one thread.
 *
 * <p>Attempts come in the order of intent, a request's last behind its others: what is kept is only
 * the requests of which another attempt is still to come.
 */
final class RequestCosts {
  /** Amounts are kept in billionths, in the sketch's whole numbers. */
  static final double BILLION = 1e9;

  private final Map<Long, Double> begun = new HashMap<>();
  private final LatencySketch sketch = new LatencySketch();
  private long count;
  private double sum;
  private double squares;

  void add(AttemptRecord a, double amount) {
    if (a.retried()) {
      begun.merge(a.request(), amount, Double::sum);
      return;
    }
    Double before = a.attempt() > 1 ? begun.remove(a.request()) : null;
    ended(amount + (before == null ? 0 : before));
  }

  /** Counts those whose last attempt never came: the run ended while they waited for it. */
  void close() {
    begun.values().forEach(this::ended);
    begun.clear();
  }

  private void ended(double amount) {
    sketch.add(Math.round(amount * BILLION), 1);
    count++;
    sum += amount;
    squares += amount * amount;
  }

  LatencySketch sketch() {
    return sketch;
  }

  long count() {
    return count;
  }

  double mean() {
    return sum / count;
  }

  /** The standard error of the mean. */
  double error() {
    double variance = (squares - sum * sum / count) / (count - 1);
    return Math.sqrt(Math.max(0, variance) / count);
  }
}
