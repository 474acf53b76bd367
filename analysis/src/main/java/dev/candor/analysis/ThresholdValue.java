package dev.candor.analysis;

import dev.candor.base.stats.WilsonInterval;
import dev.candor.scenario.Threshold;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a phase measured of a threshold's metric. */
public final class ThresholdValue {
  private static final String PER_REQUEST = "cost.per_request.";

  private ThresholdValue() {}

  /** The value in the unit of summary.json; null where it is unknown. */
  public static @Nullable Double of(Threshold threshold, Summary.Phase phase) {
    Summary.Latency latency = phase.latency().get(threshold.metric());
    if (latency != null) {
      return switch (String.valueOf(threshold.statistic())) {
        case "mean" -> latency.mean();
        case "min" -> latency.min();
        case "max" -> latency.max();
        case "p50" -> latency.p50();
        case "p90" -> latency.p90();
        case "p95" -> latency.p95();
        case "p99" -> latency.p99();
        case "p999" -> latency.p999();
        default -> null;
      };
    }
    Summary.Requests requests = phase.requests();
    return switch (threshold.metric()) {
      case "goodput" -> phase.goodput().ratio();
      case "failed_ratio" ->
          requests.intended() == 0 ? null : (double) requests.failed() / requests.intended();
      case "requests" -> phase.rates().requests();
      case "output_tps" -> phase.rates().outputTps();
      case "input_tps" -> phase.rates().inputTps();
      case "completed" -> (double) requests.completed();
      case "failed" -> (double) requests.failed();
      case "abandoned" -> (double) requests.abandoned();
      case "unfinished" -> (double) requests.unfinished();
      default -> at(SummaryJson.phase(phase), threshold.metric());
    };
  }

  /** The figure at a place of summary.json, its members joined by dots. */
  private static @Nullable Double at(@Nullable Object phase, String place) {
    Object found = phase;
    for (String member : place.split("\\.", -1)) {
      found = found instanceof Map<?, ?> map ? map.get(member) : null;
    }
    return found instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
  }

  /** The 95 % interval of the value; null where it has none, or there are too few samples. */
  public static Summary.@Nullable Interval interval(Threshold threshold, Summary.Phase phase) {
    Summary.Latency latency = phase.latency().get(threshold.metric());
    if (latency != null) {
      return latency.ci95().get(String.valueOf(threshold.statistic()));
    }
    long intended = phase.requests().intended();
    Double ratio = phase.goodput().ratio();
    return switch (threshold.metric()) {
      case "goodput" -> ratio == null ? null : share(Math.round(ratio * intended), intended);
      case "failed_ratio" -> intended == 0 ? null : share(phase.requests().failed(), intended);
      default -> ofCost(threshold.metric(), phase.cost());
    };
  }

  private static Summary.@Nullable Interval ofCost(String metric, Summary.@Nullable Cost cost) {
    return cost == null || !metric.startsWith(PER_REQUEST)
        ? null
        : cost.ci95().get(metric.substring(PER_REQUEST.length()));
  }

  private static Summary.Interval share(long of, long all) {
    WilsonInterval interval = WilsonInterval.of95(of, all);
    return new Summary.Interval(interval.low(), interval.high());
  }
}
