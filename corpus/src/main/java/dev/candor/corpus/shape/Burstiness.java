package dev.candor.corpus.shape;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How unevenly requests arrive; a Poisson process has 1 in each.
 *
 * @param gapVariation standard deviation of the times between arrivals, over their mean (D. Cox and
 *     P. Lewis, "The Statistical Analysis of Series of Events", 1966); none with under two gaps, or
 *     where all arrive at once
 * @param dispersions by rising window
 */
public record Burstiness(OptionalDouble gapVariation, List<Dispersion> dispersions) {

  public Burstiness {
    dispersions = List.copyOf(dispersions);
  }

  /**
   * The index of dispersion for counts: variance over mean of the number of arrivals in a window
   * (R. Gusella, "Characterizing the variability of arrival processes with indexes of dispersion",
   * IEEE JSAC 9(2), 1991).
   *
   * @param windows whole ones that were counted, without one between them
   */
  public record Dispersion(int windowSeconds, long windows, double index) {

    /** Whether there are windows enough for the index to mean something. */
    public boolean isKnown() {
      return windows >= FEWEST_WINDOWS;
    }
  }

  private static final int FEWEST_WINDOWS = 20;

  /** Takes arrivals in their order. <b>For one thread.</b> */
  static final class Collector {
    private static final int[] WINDOW_SECONDS = {1, 10, 100};
    private static final long NANOS = 1_000_000_000L;

    private final long[] windows = new long[WINDOW_SECONDS.length];
    private final long[] inWindow = new long[WINDOW_SECONDS.length];
    private final double[] squares = new double[WINDOW_SECONDS.length];
    private final long[] counted = new long[WINDOW_SECONDS.length];
    private long first;
    private long last;
    private long arrivals;
    private double meanGap;
    private double squaredDeviations;

    void add(long atNanos) {
      if (arrivals == 0) {
        first = atNanos;
      } else {
        // Welford, "Note on a method for calculating corrected sums of squares and products", 1962.
        double gap = atNanos - last;
        double deviation = gap - meanGap;
        meanGap += deviation / arrivals;
        squaredDeviations += deviation * (gap - meanGap);
      }
      arrivals++;
      last = atNanos;
      for (int i = 0; i < WINDOW_SECONDS.length; i++) {
        long window = (atNanos - first) / (WINDOW_SECONDS[i] * NANOS);
        if (window > windows[i]) {
          squares[i] += (double) inWindow[i] * inWindow[i];
          counted[i] += inWindow[i];
          inWindow[i] = 0;
          windows[i] = window;
        }
        inWindow[i]++;
      }
    }

    Burstiness burstiness() {
      List<Dispersion> dispersions =
          IntStream.range(0, WINDOW_SECONDS.length).mapToObj(this::dispersion).toList();
      return new Burstiness(gapVariation(), dispersions);
    }

    // The window under way is not whole, and is left out.
    private Dispersion dispersion(int i) {
      double mean = (double) counted[i] / windows[i];
      double variance = (squares[i] - counted[i] * mean) / (windows[i] - 1);
      return new Dispersion(
          WINDOW_SECONDS[i], windows[i], windows[i] < 2 || mean == 0 ? 0 : variance / mean);
    }

    private OptionalDouble gapVariation() {
      return arrivals < 3 || meanGap == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(Math.sqrt(squaredDeviations / (arrivals - 2)) / meanGap);
    }
  }
}
