package dev.candor.analysis.quota;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The token bucket that would have admitted and refused what was asked, as nearly as any.
 *
 * @param ratePerSecond at which it refills
 * @param burst what was in it as the first request came
 * @param misfit by how much, in units of the limit, it is wrong about at least one request; 0: it
 *     explains them all
 */
public record BucketFit(Range ratePerSecond, Range burst, double misfit) {
  /*
   * Until it is full again, a bucket that held B at the start has had B + R·t put in by t. A request
   * that passed says B + R·t ≥ taken + needed, one that was refused B + R·t < taken + needed: half
   * planes of (B, R). Their intersection is all that the bucket can be, without any assumption of
   * distributions (set membership; Milanese and Vicino, Automatica 27, 1991). For a given R the
   * bounds of B are a maximum and a minimum of lines; their distance g(R) is convex, so its least
   * value is found by halving, and the R of which g ≤ 0 are an interval. Where no bucket explains
   * all, the least g is twice the misfit, and the interval is of those that are at most twice as
   * wrong.
   *
   * Requests that pass keep the bucket from ever being full again: callers see to that.
   */
  private static final int HALVINGS = 80;

  /** Of {@code asks}; null where none was refused, or none admitted after a refusal. */
  public static @Nullable BucketFit of(List<Ask> asks, Counting counting) {
    boolean refused = false;
    boolean after = false;
    for (Ask ask : asks) {
      refused |= !ask.admitted();
      after |= refused && ask.admitted();
    }
    return after ? new Lines(asks, counting).fit() : null;
  }

  private static final class Lines {
    private final boolean[] admitted;
    private final double[] seconds;
    private final double[] units;

    Lines(List<Ask> asks, Counting counting) {
      int count = asks.size();
      admitted = new boolean[count];
      seconds = new double[count];
      units = new double[count];
      Taken taken = new Taken(asks, counting);
      long origin = asks.getFirst().sentNanos();
      for (int i = 0; i < count; i++) {
        Ask ask = asks.get(i);
        long needed = counting.needed(ask);
        admitted[i] = ask.admitted();
        if (ask.admitted()) {
          seconds[i] = (ask.decidedNanos() - origin) / 1e9;
          units[i] = taken.atLeast(ask.sentNanos()) + needed;
        } else {
          seconds[i] = (ask.sentNanos() - origin) / 1e9;
          units[i] = taken.atMost(ask.decidedNanos()) + needed;
        }
      }
    }

    /** The least burst by which all that passed could pass. */
    double leastBurst(double rate) {
      double least = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < units.length; i++) {
        if (admitted[i]) {
          least = Math.max(least, units[i] - rate * seconds[i]);
        }
      }
      return least;
    }

    /** The burst below which all that was refused had to be. */
    double mostBurst(double rate) {
      double most = Double.POSITIVE_INFINITY;
      for (int i = 0; i < units.length; i++) {
        if (!admitted[i]) {
          most = Math.min(most, units[i] - rate * seconds[i]);
        }
      }
      return most;
    }

    double gap(double rate) {
      return leastBurst(rate) - mostBurst(rate);
    }

    BucketFit fit() {
      double total = 0;
      for (double each : units) {
        total = Math.max(total, each);
      }
      double low = 0;
      double high = Math.max(1, total) / Math.max(1e-3, shortest());
      double best = least(low, high);
      double gap = gap(best);
      double misfit = Math.max(0, gap / 2);
      double level = misfit == 0 ? 0 : 2 * gap;
      double from = edge(low, best, level);
      double to = edge(high, best, level);
      double middle = misfit == 0 ? (from + to) / 2 : best;
      double burst = (leastBurst(middle) + mostBurst(middle)) / 2;
      return new BucketFit(
          new Range(from, middle, to),
          new Range(Math.min(burst, leastBurst(to)), burst, Math.max(burst, mostBurst(from))),
          misfit);
    }

    private double shortest() {
      return Math.max(1, seconds[seconds.length - 1]) / seconds.length;
    }

    /** The rate of least gap: of a convex function by thirds. */
    private double least(double low, double high) {
      double from = low;
      double to = high;
      for (int i = 0; i < HALVINGS; i++) {
        double third = (to - from) / 3;
        if (gap(from + third) <= gap(to - third)) {
          to -= third;
        } else {
          from += third;
        }
      }
      return (from + to) / 2;
    }

    /** Where the gap is {@code level}, between {@code outside} and {@code inside}. */
    private double edge(double outside, double inside, double level) {
      double out = outside;
      double in = inside;
      if (gap(out) <= level) {
        return out;
      }
      for (int i = 0; i < HALVINGS; i++) {
        double middle = (out + in) / 2;
        if (gap(middle) <= level) {
          in = middle;
        } else {
          out = middle;
        }
      }
      return in;
    }
  }
}
