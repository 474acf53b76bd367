package dev.candor.analysis.foreign;

import java.util.Arrays;
import org.HdrHistogram.DoubleHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Values of equal weight; quantiles lie on the line between the two nearest ranks, at (n − 1)·q
 * from 0: what numpy.percentile and pandas.Series.quantile do where nothing else is asked of them
 * (type 7 of Hyndman and Fan 1996). For one thread.
 */
final class Samples implements Distribution {
  /*
   * A tool that keeps every gap of a long run would keep gigabytes. Four million values are kept as
   * they are; beyond, a histogram takes them over whose quantiles have 4 digits. Mean, spread and
   * extremes are exact either way.
   */
  static final int KEPT = 1 << 22;
  private static final int DIGITS = 4;

  private final int kept;
  private final Moments moments = new Moments();
  private double[] values = new double[256];
  private int size;
  private boolean sorted = true;
  private @Nullable DoubleHistogram beyond;

  Samples() {
    this(KEPT);
  }

  /**
   * @param kept how many values are kept as they are
   */
  Samples(int kept) {
    this.kept = kept;
  }

  void add(double value) {
    moments.add(value, 1);
    if (beyond != null) {
      beyond.recordValue(value);
      return;
    }
    if (size == kept) {
      beyond = new DoubleHistogram(DIGITS);
      for (int i = 0; i < size; i++) {
        beyond.recordValue(values[i]);
      }
      beyond.recordValue(value);
      values = new double[0];
      return;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.min(kept, size * 2));
    }
    values[size++] = value;
    sorted = false;
  }

  @Override
  public Moments moments() {
    return moments;
  }

  @Override
  public double quantile(double q) {
    double place = (count() - 1) * q;
    long below = (long) Math.floor(place);
    double low = atRank(below);
    double high = atRank(Math.min(below + 1, count() - 1));
    return low + (place - below) * (high - low);
  }

  /** The value of {@code rank}, from 0. */
  private double atRank(long rank) {
    if (beyond != null) {
      double value = beyond.getValueAtPercentile(100.0 * (rank + 0.5) / count());
      return Math.clamp(value, min(), max());
    }
    if (!sorted) {
      Arrays.sort(values, 0, size);
      sorted = true;
    }
    return values[(int) rank];
  }
}
