package dev.candor.analysis;

import dev.candor.analysis.drift.Drift;
import dev.candor.analysis.fidelity.RunFidelity;
import dev.candor.analysis.saturation.Saturation;
import dev.candor.scenario.Threshold;
import dev.candor.scenario.Threshold.Confidence;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets thresholds against what a run measured. */
final class ThresholdJudge {
  private static final double LEAST_TIMES = 1.1;

  /** Beyond it a number of requests is no advice. */
  private static final double MOST_TIMES = 1000;

  private final Map<Threshold.Scope, Summary.Phase> parts;
  private final @Nullable RunFidelity fidelity;
  private final @Nullable Saturation saturation;
  private final @Nullable Drift drift;

  /**
   * @param parts of the run, the run itself among them
   */
  ThresholdJudge(
      Map<Threshold.Scope, Summary.Phase> parts,
      @Nullable RunFidelity fidelity,
      @Nullable Saturation saturation,
      @Nullable Drift drift) {
    this.parts = parts;
    this.fidelity = fidelity;
    this.saturation = saturation;
    this.drift = drift;
  }

  Summary.ThresholdResult judge(Threshold threshold) {
    Threshold.Scope scope = threshold.scope();
    Summary.Phase part = parts.get(scope);
    if (part == null) {
      return unknown(threshold, "phase %s was not measured".formatted(scope.phase()));
    }
    if (scope.requestClass() != null && part.requests().intended() == 0) {
      return unknown(threshold, "no request was of class %s".formatted(scope.requestClass()));
    }
    Double value = value(threshold, part);
    if (value == null) {
      return unknown(threshold, whyUnknown(threshold, part));
    }
    Summary.Interval interval = interval(threshold, part);
    if (threshold.confidence() == Confidence.POINT) {
      boolean holds = threshold.comparison().holds(value, threshold.bound());
      return result(threshold, value, interval, holds, null);
    }
    if (interval == null) {
      return result(
          threshold, value, null, false, "its interval is not known, for want of samples");
    }
    boolean low = threshold.comparison().holds(interval.low(), threshold.bound());
    boolean high = threshold.comparison().holds(interval.high(), threshold.bound());
    return low == high
        ? result(threshold, value, interval, low, null)
        : result(
            threshold,
            value,
            interval,
            threshold.confidence() == Confidence.MISSED,
            "undecided: its interval has the bound in it; "
                + needed(threshold, value, interval, part));
  }

  private static Summary.ThresholdResult unknown(Threshold threshold, String why) {
    return result(threshold, null, null, false, why);
  }

  private static Summary.ThresholdResult result(
      Threshold threshold,
      @Nullable Double value,
      Summary.@Nullable Interval interval,
      boolean ok,
      @Nullable String why) {
    return new Summary.ThresholdResult(
        threshold.expression(),
        value,
        ok,
        threshold.scope().phase(),
        threshold.scope().requestClass(),
        interval,
        why);
  }

  private @Nullable Double value(Threshold threshold, Summary.Phase part) {
    return switch (threshold.metric()) {
      case "fidelity" ->
          fidelity == null || fidelity.fidelity() == null
              ? null
              : Double.valueOf(fidelity.fidelity().score());
      case "knee" -> saturation == null ? null : saturation.knee();
      case "operating_point" -> saturation == null ? null : saturation.operatingPoint();
      case "drift" -> drift == null ? null : Double.valueOf(drift.worse().size());
      default -> ThresholdValue.of(threshold, part);
    };
  }

  private Summary.@Nullable Interval interval(Threshold threshold, Summary.Phase part) {
    return switch (threshold.metric()) {
      case "knee" -> saturation == null ? null : bounds(saturation.kneeCi());
      case "operating_point" -> saturation == null ? null : bounds(saturation.operatingPointCi());
      default -> ThresholdValue.interval(threshold, part);
    };
  }

  private static Summary.@Nullable Interval bounds(Saturation.@Nullable Bounds bounds) {
    return bounds == null || bounds.low() == null || bounds.high() == null
        ? null
        : new Summary.Interval(bounds.low(), bounds.high());
  }

  private static String whyUnknown(Threshold threshold, Summary.Phase part) {
    Summary.Latency latency = part.latency().get(threshold.metric());
    if (latency != null && latency.count() < threshold.samplesNeeded()) {
      return "%d samples are too few: a %s needs %d"
          .formatted(latency.count(), threshold.statistic(), threshold.samplesNeeded());
    }
    if (threshold.metric().startsWith("cost.")) {
      return part.cost() == null
          ? "no price is known: the scenario names none (prices)"
          : "it is not known, for want of samples";
    }
    return "it is not known of this run";
  }

  /** The width of an interval goes by one over the root of the samples. */
  private static String needed(
      Threshold threshold, double value, Summary.Interval interval, Summary.Phase part) {
    double distance = Math.abs(value - threshold.bound());
    double reach = value > threshold.bound() ? value - interval.low() : interval.high() - value;
    double times = (reach / distance) * (reach / distance);
    return times > 0 && times <= MOST_TIMES
        ? String.format(
            Locale.ROOT,
            "about %.1f times as many requests (%d) would tell",
            Math.max(times, LEAST_TIMES),
            Math.round(part.requests().intended() * Math.max(times, LEAST_TIMES)))
        : "the bound is too near for any number of requests to tell";
  }
}
