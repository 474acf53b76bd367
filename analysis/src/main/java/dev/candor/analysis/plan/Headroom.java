package dev.candor.analysis.plan;

/**
 * By how much a fleet is larger than its peak needs.
 *
 * @param low for smooth traffic, {@code high} for bursty traffic; equal where one was chosen
 */
public record Headroom(double low, double high) {
  /** 1.5 to 2. */
  public static final Headroom DEFAULT = new Headroom(1.5, 2);

  /** Why there is any. */
  public static final String REASON =
      "arrivals come in bursts within the minute, forecasts of a peak are off, a deployment takes"
          + " replicas out, and one may be lost: 1.5 for smooth traffic, 2 for bursty";
}
