package dev.candor.telemetry.figures;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.analysis.AttemptFigures;
import dev.candor.analysis.cost.Billing;
import dev.candor.record.AttemptRecord;
import dev.candor.record.OneTokenEach;
import dev.candor.record.Outcome;
import dev.candor.scenario.Prices;
import dev.candor.scenario.Slo;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the attempts of one phase and class came to, by the rules of docs/metrics.md: requests by
 * their last attempts, latencies of those that were completed. For one thread.
 */
final class ClassFigures {
  final Map<Outcome, Long> attempts = new EnumMap<>(Outcome.class);
  final Map<Outcome, Long> requests = new EnumMap<>(Outcome.class);
  final LatencyHistogram ttft = new LatencyHistogram(LatencyHistogram.TTFT);
  final LatencyHistogram ttftIntended = new LatencyHistogram(LatencyHistogram.TTFT);
  final LatencyHistogram itl = new LatencyHistogram(LatencyHistogram.ITL);
  final LatencyHistogram e2e = new LatencyHistogram(LatencyHistogram.E2E);
  long good;
  long input;
  long cached;
  long output;
  double cost;

  ClassFigures() {
    // There from the start: a rate of a counter needs its zero.
    requests.put(Outcome.COMPLETED, 0L);
    attempts.put(Outcome.COMPLETED, 0L);
  }

  void add(AttemptRecord a, Slo slo, @Nullable Prices prices) {
    attempts.merge(a.outcome(), 1L, Long::sum);
    input += Billing.inputTokens(a);
    cached += Math.max(0, a.cachedTokens());
    output += Math.max(0, a.outputTokens());
    cost += prices == null ? 0 : AttemptFigures.cost(a, prices);
    if (a.retried()) {
      return;
    }
    requests.merge(a.outcome(), 1L, Long::sum);
    if (a.outcome() != Outcome.COMPLETED) {
      return;
    }
    good += AttemptFigures.good(a, slo) ? 1 : 0;
    if (a.first() != NONE) {
      ttft.add(a.first() - a.sent(), 1);
      ttftIntended.add(a.first() - a.requested(), 1);
    }
    e2e.add(a.end() - a.sent(), 1);
    addGaps(a.eventNanos(), a.eventTokens());
  }

  private void addGaps(long[] instants, int[] tokens) {
    boolean oneEach = OneTokenEach.is(tokens);
    for (int i = 1; i < instants.length; i++) {
      long gap = instants[i] - instants[i - 1];
      if (oneEach) {
        itl.add(gap, 1);
      } else if (tokens[i] > 0) {
        itl.add(Math.round((double) gap / tokens[i]), tokens[i]);
      }
    }
  }
}
