package dev.candor.analysis.plan;

/** A figure with what is likely and how low and how high it may be. */
public record Estimate(double low, double likely, double high) {

  /** A figure without doubt. */
  public static Estimate exact(double value) {
    return new Estimate(value, value, value);
  }

  public Estimate times(double factor) {
    return new Estimate(low * factor, likely * factor, high * factor);
  }

  /** The next whole numbers up. */
  public ReplicaCount roundedUp() {
    return new ReplicaCount(up(low), up(likely), up(high));
  }

  /** A hair beyond a whole number is rounding's, not another replica. */
  static int up(double value) {
    return (int) Math.max(1, Math.ceil(value - 1e-9));
  }
}
