package dev.candor.scenario;

import dev.candor.base.stats.Distribution;
import java.util.List;

/** How an open step's starts follow each other; their mean rate is the step's. */
public sealed interface ArrivalProcess {

  /** The highest rate that it is meant to reach, over the step's of {@code ratePerSecond}. */
  default double peakLevel(double ratePerSecond) {
    return 1;
  }

  /** Equal gaps. */
  record Constant() implements ArrivalProcess {}

  /** Independent arrivals: what many users make who know nothing of each other. */
  record Poisson() implements ArrivalProcess {}

  /**
   * Gaps of a gamma distribution: 1 is Poisson, above it arrivals come in clusters, below it they
   * are more even.
   *
   * @param coefficientOfVariation of the gaps, above 0; the shape (vLLM's burstiness) is 1/cv²
   */
  record Gamma(double coefficientOfVariation) implements ArrivalProcess {}

  /**
   * Bursts with pauses between them, Poisson inside; the first burst starts with the step. The rate
   * in a burst is what makes the mean over whole cycles that of the step.
   *
   * @param onNanos length of a burst
   * @param offNanos from one burst's end to the next one's start
   * @param idleRatePerSecond in the pauses, below the step's rate, and changed with it by a ramp
   */
  record OnOff(Distribution onNanos, Distribution offNanos, double idleRatePerSecond)
      implements ArrivalProcess {

    /** With the share p of the time in bursts: burst·p + pause·(1 − p) = 1. */
    @Override
    public double peakLevel(double ratePerSecond) {
      double on = onNanos.mean();
      double off = offNanos.mean();
      return (on + off - idleRatePerSecond / ratePerSecond * off) / on;
    }
  }

  /**
   * A cosine, as of day and night: Poisson with the rate times 1 + a·cos(2π·(t − peak)/period), a =
   * (ratio − 1)/(ratio + 1), so that the mean over a period is the step's rate.
   *
   * @param peakToTrough the highest rate over the lowest, at least 1
   * @param peakNanos when the rate is highest, counted from the step's start
   */
  record Diurnal(long periodNanos, double peakToTrough, long peakNanos) implements ArrivalProcess {
    @Override
    public double peakLevel(double ratePerSecond) {
      return 1 + amplitude();
    }

    /** By how much of itself the rate goes up and down. */
    public double amplitude() {
      return (peakToTrough - 1) / (peakToTrough + 1);
    }
  }

  /**
   * Poisson with a rate along straight lines between points, over and over; behind the last point
   * the line goes on to the next period's first. The values are relative: their mean is the step's
   * rate.
   */
  record Curve(long periodNanos, List<Point> points) implements ArrivalProcess {
    public Curve {
      points = List.copyOf(points);
    }

    @Override
    public double peakLevel(double ratePerSecond) {
      return points.stream().mapToDouble(Point::level).max().orElse(1) / meanLevel();
    }

    /** The mean of the lines over a period. */
    public double meanLevel() {
      double area = 0;
      Point before = points.getLast();
      long beforeAt = before.atNanos() - periodNanos;
      for (Point point : points) {
        area += (before.level() + point.level()) / 2 * (point.atNanos() - beforeAt);
        before = point;
        beforeAt = point.atNanos();
      }
      return area / periodNanos;
    }
  }

  /**
   * A point of a {@link Curve}.
   *
   * @param atNanos from the period's start, rising from point to point
   * @param level relative to the others, at least 0
   */
  record Point(long atNanos, double level) {}

  /**
   * Independent users, each with a rate of its own, who do not wait for answers: each is a process
   * of its own with gamma gaps.
   *
   * @param users how many; together they have the step's rate
   * @param weight each user's share of the rate is one draw of it over the sum of all draws
   * @param coefficientOfVariation of one user's gaps, 1: Poisson
   */
  record PerUser(int users, Distribution weight, double coefficientOfVariation)
      implements ArrivalProcess {}
}
