package dev.candor.base.stats;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Spikes that come back: their period, from the Lomb–Scargle periodogram and its harmonics.
 *
 * @param period in the unit of the times
 * @param first when the first of them is highest, at or after the first time
 * @param amplitude how far the spikes stand out: the median of the values at their phase, less the
 *     median of all and the trend; 0 or less where what comes back are dips
 * @param falseAlarm how likely noise alone would show a period so clear somewhere, 0 to 1
 */
public record LombScargle(double period, double first, double amplitude, double falseAlarm) {
  /*
   * Short spikes have a peak at 1/P and at every multiple of it, all about as high, and noise
   * decides which is the highest. So harmonics are added up and each one more is charged for: H =
   * max over m of Σ(h ≤ m) 2·P(h·f) − 4(m − 1), the statistic that was made for light curves of
   * unknown shape (de Jager, Raubenheimer and Swanepoel, "A powerful test for weak periodic signals
   * with unknown light curve shape in sparse data", Astronomy and Astrophysics 221, 1989), with
   * Scargle's power for theirs: 2P is χ² of two degrees on noise too. Half the true frequency has
   * the same peaks among twice as many harmonics, and twice the true one has half of the peaks, so
   * that both lose. Chance exceeds H with exp(−0.4·H) (de Jager and Büsching, 2010) at one
   * frequency, and over the range as many times as there are independent ones.
   *
   * Before, a Theil–Sen line is taken out, what is left is cut off at four times its robust spread,
   * so that a few outliers count no more than other high values do, and each value loses what
   * follows from the one before it (a first-order autoregression, as in Schulz and Mudelsee,
   * "REDFIT", Computers and Geosciences 28, 2002), as slow wandering looks like long periods.
   */
  /** A period must come back so often. */
  private static final int FEWEST_CYCLES = 4;

  private static final int FEWEST_VALUES = 24;
  private static final int HARMONICS = 10;

  /** Steps of frequency in 1/length, so fine that the tenth harmonic's peak is not stepped over. */
  private static final int OVERSAMPLING = 20;

  /** Independent H in 1/length; with so many a test at 5 % is wrong on 0 to 4 % of noise. */
  private static final double TRIALS = 3;

  private static final double CUT_OFF = 4;
  private static final double MOST_MEMORY = 0.95;

  /** A frequency, how many of its harmonics stand out, and how clearly. */
  private record Peak(int index, int harmonics, double height) {}

  /**
   * The clearest period from three steps up to a quarter of the length; null under 24 values, or
   * where more than half of them are equal.
   *
   * @param times strictly rising, even but for gaps
   */
  public static @Nullable LombScargle of(double[] times, double[] values) {
    int n = values.length;
    if (n < FEWEST_VALUES) {
      return null;
    }
    double step = Median.ofScratch(gaps(times));
    double[] rest = detrended(times, values);
    double spread = Median.spread(rest);
    if (!(spread > 0)) {
      return null;
    }
    Periodogram powers = new Periodogram(times, whitened(times, rest, CUT_OFF * spread, step));
    double length = times[n - 1] - times[0] + step;
    double fine = 1 / (OVERSAMPLING * length);
    double[] power = powers.grid(fine, (int) Math.floor(1 / (2 * step * fine)));
    int low = FEWEST_CYCLES * OVERSAMPLING;
    int high = (int) Math.floor(1 / (3 * step * fine));
    Peak best = new Peak(low, 1, Double.NEGATIVE_INFINITY);
    for (int index = low; index <= high; index++) {
      Peak peak = peak(power, index);
      best = peak.height() > best.height() ? peak : best;
    }
    double chance = Math.exp(-0.4 * Math.max(0, best.height()));
    double trials = TRIALS * (high - low + 1) / OVERSAMPLING;
    double falseAlarm = -Math.expm1(trials * Math.log1p(-Math.min(chance, 1 - 1e-12)));
    double period = 1 / powers.refined(best.index() * fine, fine, best.harmonics());
    return fold(times, rest, period, step, falseAlarm);
  }

  private static Peak peak(double[] power, int index) {
    Peak best = new Peak(index, 1, Double.NEGATIVE_INFINITY);
    double sum = 0;
    for (int h = 1; h <= HARMONICS && h * index < power.length; h++) {
      sum += 2 * power[h * index];
      double height = sum - 4 * (h - 1);
      best = height > best.height() ? new Peak(index, h, height) : best;
    }
    return best;
  }

  private static double[] gaps(double[] times) {
    double[] gaps = new double[times.length - 1];
    Arrays.setAll(gaps, i -> times[i + 1] - times[i]);
    return gaps;
  }

  private static double[] detrended(double[] times, double[] values) {
    double slope = TheilSen.slope(times, values);
    double[] rest = new double[values.length];
    Arrays.setAll(rest, i -> values[i] - slope * (times[i] - times[0]));
    double middle = Median.of(rest);
    Arrays.setAll(rest, i -> rest[i] - middle);
    return rest;
  }

  private static double[] whitened(double[] times, double[] rest, double cutOff, double step) {
    double[] cut = Arrays.stream(rest).map(r -> Math.clamp(r, -cutOff, cutOff)).toArray();
    double memory = Math.clamp(Autocorrelation.at(cut, 1)[1], 0, MOST_MEMORY);
    double[] white = new double[cut.length];
    white[0] = cut[0] * Math.sqrt(1 - memory * memory);
    for (int i = 1; i < cut.length; i++) {
      white[i] = cut[i] - Math.pow(memory, (times[i] - times[i - 1]) / step) * cut[i - 1];
    }
    double mean = Arrays.stream(white).average().orElse(0);
    Arrays.setAll(white, i -> white[i] - mean);
    return white;
  }

  /** The phase at which the values are highest, by the median of those around it. */
  private static LombScargle fold(
      double[] times, double[] rest, double period, double step, double falseAlarm) {
    int bins = Math.clamp(Math.round(period / step), 3, 60);
    double width = period / bins;
    double first = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int half = 0; half < 2 * bins; half++) {
      double centre = half * width / 2;
      double[] inside = near(times, rest, period, centre, width / 2 * (1 + 1e-9));
      double height = inside.length < 2 ? highest : Median.ofScratch(inside);
      if (height > highest) {
        highest = height;
        first = centre;
      }
    }
    return new LombScargle(period, times[0] + first, highest, falseAlarm);
  }

  private static double[] near(
      double[] times, double[] rest, double period, double centre, double reach) {
    double[] inside = new double[rest.length];
    int count = 0;
    for (int i = 0; i < rest.length; i++) {
      double off = Math.abs((times[i] - times[0]) % period - centre);
      if (Math.min(off, period - off) <= reach) {
        inside[count++] = rest[i];
      }
    }
    return Arrays.copyOf(inside, count);
  }
}
