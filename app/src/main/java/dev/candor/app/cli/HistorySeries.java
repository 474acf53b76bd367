package dev.candor.app.cli;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.record.history.CataloguedRun;
import dev.candor.record.history.History;
import java.util.List;
import java.util.Map;

/**
 * A figure from run to run.
 *
 * @param runs those that have it, in their order; {@code values} one a run
 */
record HistorySeries(String metric, List<CataloguedRun> runs, double[] values) {

  /**
   * Of {@code runs}.
   *
   * @throws CandorException where no run has the metric or the phase, with the nearest that is
   *     known
   */
  static HistorySeries of(History history, List<CataloguedRun> runs, String phase, String metric) {
    if (!history.metrics().contains(metric)) {
      throw CandorException.user(
          "no run in the history has a metric '%s'; %s"
              .formatted(metric, Suggestion.of(metric, history.metrics())));
    }
    if (!history.phases().contains(phase)) {
      throw CandorException.user(
          "--phase: found %s, which no run in the history has; %s"
              .formatted(phase, Suggestion.of(phase, history.phases())));
    }
    Map<Long, Double> values = history.values(phase, metric);
    List<CataloguedRun> known = runs.stream().filter(run -> values.containsKey(run.id())).toList();
    return new HistorySeries(
        metric,
        known,
        known.stream().mapToDouble(run -> values.getOrDefault(run.id(), 0.0)).toArray());
  }
}
