package dev.candor.analysis;

import dev.candor.scenario.Threshold;
import org.jspecify.annotations.Nullable;

/** What a phase measured of a threshold's metric. */
public final class ThresholdValue {
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
    Summary.Cost cost = phase.cost();
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
      case "retry_amplification" -> phase.retryAmplification();
      case "cost_total" -> cost == null ? null : cost.total();
      case "cost_per_request_p95" -> cost == null ? null : cost.perRequestP95();
      case "cache_hit_rate" -> phase.cache().hitRate();
      default -> null;
    };
  }
}
