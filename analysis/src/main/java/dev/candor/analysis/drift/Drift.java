package dev.candor.analysis.drift;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changed over a run whose load did not.
 *
 * @param phase the longest measured one of steady load
 * @param fromS since the start of the run
 * @param hours that were tested
 * @param windowS length of a window, of which each gives one value of each metric
 * @param trends those metrics of which enough is known, in the order of {@link DriftMetric}
 * @param spikes of TTFT and of ITL, found or not; a metric with nothing to test is left out
 */
public record Drift(
    String phase,
    double fromS,
    double hours,
    double windowS,
    int windows,
    List<Trend> trends,
    List<Spikes> spikes) {

  /** The chance that a run without any drift is said to have some: over all tests together. */
  public static final double LEVEL = 0.05;

  /**
   * One metric's trend.
   *
   * @param start the fitted line's level at the phase's start
   * @param perHour Theil–Sen slope; {@code low} and {@code high} its 95 % interval, infinite where
   *     there are too few windows for one
   * @param p of the corrected Mann–Kendall test; {@code adjusted} for all tests of the run
   * @param drifting whether the trend is sure, and large enough to matter
   * @param values a window each, NaN where nothing is known
   */
  public record Trend(
      DriftMetric metric,
      double start,
      double perHour,
      double low,
      double high,
      double p,
      double adjusted,
      boolean drifting,
      List<Double> values) {

    /** A slope in percent of the first level an hour; null where that level is not above 0. */
    public @Nullable Double percent(double slope) {
      return start > 0 && Double.isFinite(slope) ? Double.valueOf(100 * slope / start) : null;
    }

    /** Whether it drifts, and users or the client are the worse for it. */
    public boolean worse() {
      return drifting && metric.worse(perHour);
    }
  }

  /**
   * Spikes that come back.
   *
   * @param metric {@code ttft.p99} or {@code itl.p99}, per window; the highest where a window has
   *     too few samples
   * @param periodS between two
   * @param firstS the first one's middle, since the start of the run
   * @param amplitude milliseconds above the windows' median
   * @param falseAlarm how likely noise shows such a period; {@code adjusted} for all tests
   * @param found whether there is a period, and spikes worth the word
   */
  public record Spikes(
      String metric,
      double periodS,
      double firstS,
      double amplitude,
      double falseAlarm,
      double adjusted,
      boolean found,
      List<Double> values) {}

  /** Trends for the worse of what users feel: what fails a soak. */
  public List<Trend> worse() {
    return trends.stream()
        .filter(trend -> trend.worse() && trend.metric().side() == DriftMetric.Side.SERVICE)
        .toList();
  }

  /** Figures of the client's own that grow. */
  public List<Trend> leaks() {
    return trends.stream()
        .filter(trend -> trend.worse() && trend.metric().side() == DriftMetric.Side.CLIENT)
        .toList();
  }

  /** Whether a phase of steady load is long enough to be tested. */
  public static boolean testable(long phaseNanos) {
    return phaseNanos >= SteadyPhase.LEAST_NANOS;
  }
}
