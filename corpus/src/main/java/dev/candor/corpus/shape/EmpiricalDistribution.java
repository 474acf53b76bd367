package dev.candor.corpus.shape;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import java.util.Arrays;

/** What was observed of a quantity: its distinct values, and how many were at most each. */
public final class EmpiricalDistribution {
  private final double[] values;
  private final long[] cumulative;
  private final double mean;

  EmpiricalDistribution(double[] values, long[] cumulative, double mean) {
    if (values.length == 0) {
      throw new CandorException(ErrorCode.INTERNAL, "a distribution needs a value");
    }
    this.values = values;
    this.cumulative = cumulative;
    this.mean = mean;
  }

  /** The distribution of {@code sample}, in any order, at least one value. */
  public static EmpiricalDistribution of(double... sample) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    double[] values = new double[sorted.length];
    long[] cumulative = new long[sorted.length];
    int distinct = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        values[distinct++] = sorted[i];
      }
      cumulative[distinct - 1] = i + 1;
    }
    return new EmpiricalDistribution(
        Arrays.copyOf(values, distinct),
        Arrays.copyOf(cumulative, distinct),
        Arrays.stream(sample).average().orElse(0));
  }

  public long count() {
    return cumulative[cumulative.length - 1];
  }

  public double mean() {
    return mean;
  }

  public double min() {
    return values[0];
  }

  public double max() {
    return values[values.length - 1];
  }

  /** The smallest value that the share {@code p} of all is at most; {@code p} from 0 to 1. */
  public double quantile(double p) {
    // Without the slack, 0.99 · 100 is 99.00000000000001, and its ceiling one too many.
    long rank = Math.max(1, (long) Math.ceil(p * count() * (1 - 1e-12)));
    int at = Arrays.binarySearch(cumulative, rank);
    return values[at >= 0 ? at : -at - 1];
  }

  /** How many values are at most {@code value}. */
  public long countUpTo(double value) {
    int at = Arrays.binarySearch(values, value);
    int index = at >= 0 ? at : -at - 2;
    return index < 0 ? 0 : cumulative[index];
  }

  /** This with every value times {@code factor}, above 0. */
  public EmpiricalDistribution scaled(double factor) {
    return new EmpiricalDistribution(
        Arrays.stream(values).map(value -> value * factor).toArray(), cumulative, mean * factor);
  }

  int distinct() {
    return values.length;
  }

  double value(int index) {
    return values[index];
  }

  /** Share of values that are at most {@link #value}. */
  double shareUpTo(int index) {
    return index < 0 ? 0 : (double) cumulative[index] / count();
  }
}
