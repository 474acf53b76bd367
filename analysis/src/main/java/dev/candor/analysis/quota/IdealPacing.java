package dev.candor.analysis.quota;

import java.util.List;

/**
 * What a client that knew the quota would get out of it: it sends what passes, when it passes, and
 * nothing else.
 *
 * @param limits that bind
 * @param meanTaken of each limit by a request, in the order of {@code limits}
 */
public record IdealPacing(List<LimitFit> limits, List<Double> meanTaken) {
  private static final double MINUTE = 60;

  public IdealPacing {
    limits = List.copyOf(limits);
    meanTaken = List.copyOf(meanTaken);
  }

  /** Of {@code asks}, whose mean request is the one that is paced. */
  public static IdealPacing of(List<LimitFit> limits, List<Ask> asks) {
    return new IdealPacing(
        limits,
        limits.stream()
            .map(
                limit ->
                    asks.stream()
                        .filter(Ask::admitted)
                        .mapToLong(ask -> limit.counting().taken(ask))
                        .average()
                        .orElse(1))
            .toList());
  }

  /**
   * Requests that pass in {@code seconds} from a full quota, of {@code offered}: {@code
   * min(offered, min over the limits of (burst + rate · time) ÷ what a request takes)}; of a window
   * its budget for each that begins.
   */
  public double passing(double offered, double seconds) {
    double least = offered;
    for (int i = 0; i < limits.size(); i++) {
      LimitFit limit = limits.get(i);
      double each = meanTaken.get(i);
      if (each > 0) {
        least = Math.min(least, granted(limit, seconds) / each);
      }
    }
    return least;
  }

  /** Requests a second in the steady state. */
  public double ratePerSecond() {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < limits.size(); i++) {
      if (meanTaken.get(i) > 0) {
        least = Math.min(least, limits.get(i).perMinute().value() / MINUTE / meanTaken.get(i));
      }
    }
    return least;
  }

  private static double granted(LimitFit limit, double seconds) {
    Range window = limit.windowSeconds();
    return window == null
        ? limit.burst().value() + limit.perMinute().value() / MINUTE * seconds
        : limit.burst().value() * Math.max(1, seconds / window.value());
  }
}
