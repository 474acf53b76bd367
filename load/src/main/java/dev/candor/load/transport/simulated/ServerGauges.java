package dev.candor.load.transport.simulated;

import dev.candor.engine.Engine;
import dev.candor.engine.EngineState;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerSample;
import java.util.ArrayList;
import java.util.List;

/** What engines tell of themselves, as a page of metrics would. */
final class ServerGauges {
  private ServerGauges() {}

  /**
   * @param engines all of them
   * @param outside requests that have not reached an engine
   */
  static List<ServerSample> of(List<Engine> engines, int outside, long atNanos) {
    List<ServerSample> samples = new ArrayList<>();
    if (engines.isEmpty()) {
      return samples;
    }
    double fullest = 0;
    double running = 0;
    double waiting = outside;
    double preemptions = 0;
    double prefixQueries = 0;
    double prefixHits = 0;
    double promptTokens = 0;
    double generationTokens = 0;
    for (Engine engine : engines) {
      EngineState state = engine.state();
      fullest = Math.max(fullest, (double) state.usedBlocks() / state.totalBlocks());
      running += state.running();
      waiting += state.waiting() + state.arriving();
      preemptions += state.preemptions();
      prefixQueries += state.prefixQueries();
      prefixHits += state.prefixHits();
      promptTokens += state.promptTokens();
      generationTokens += state.generationTokens();
    }
    samples.add(new ServerSample(atNanos, 0, ServerMetric.KV_USAGE, fullest));
    samples.add(new ServerSample(atNanos, 0, ServerMetric.RUNNING, running));
    samples.add(new ServerSample(atNanos, 0, ServerMetric.WAITING, waiting));
    samples.add(new ServerSample(atNanos, 0, ServerMetric.PREFIX_QUERIES, prefixQueries));
    samples.add(new ServerSample(atNanos, 0, ServerMetric.PREFIX_HITS, prefixHits));
    samples.add(new ServerSample(atNanos, 0, ServerMetric.PREEMPTIONS, preemptions));
    samples.add(new ServerSample(atNanos, 0, ServerMetric.PROMPT_TOKENS, promptTokens));
    samples.add(new ServerSample(atNanos, 0, ServerMetric.GENERATION_TOKENS, generationTokens));
    return samples;
  }
}
