package dev.candor.analysis.quota;

/** A figure and the bounds between which it must be. */
public record Range(double low, double value, double high) {

  public Range times(double factor) {
    return new Range(low * factor, value * factor, high * factor);
  }

  /** Half the distance of the bounds, as a share of the figure. */
  public double uncertainty() {
    return value == 0 ? Double.POSITIVE_INFINITY : (high - low) / 2 / value;
  }

  public boolean overlaps(Range other) {
    return low <= other.high && other.low <= high;
  }
}
