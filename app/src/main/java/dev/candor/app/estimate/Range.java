package dev.candor.app.estimate;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What is to be expected of a figure.
 *
 * @param likely with the middle assumptions, from {@code low} to {@code high}
 */
public record Range(double low, double likely, double high) {

  /** From the smallest to the largest of {@code all}; {@code likely} is what its first one has. */
  static <T> Range of(List<T> all, ToDoubleFunction<T> figure) {
    double likely = figure.applyAsDouble(all.getFirst());
    double low = likely;
    double high = likely;
    for (T each : all) {
      low = Math.min(low, figure.applyAsDouble(each));
      high = Math.max(high, figure.applyAsDouble(each));
    }
    return new Range(low, likely, high);
  }

  /** Wider by these factors. */
  Range widened(double down, double up) {
    return new Range(low * down, likely, high * up);
  }

  /** Whether {@code value} lies in it, ends included. */
  public boolean contains(double value) {
    return value >= low && value <= high;
  }
}
