package dev.candor.engine;

import java.util.ArrayList;
import java.util.function.LongConsumer;

/**
 * Chooses what each step computes: continuous batching, first come first served. <b>For one
 * thread.</b>
 */
final class Batcher {
  /*
   * There is no prefill phase and no decode phase. Each request has tokens that exist and tokens
   * that are computed, and a step lets the second number catch up with the first. Running requests
   * go first, in order. One that finds no block takes those of the last that runs, which goes back
   * to the front of the queue to be computed anew. Only where nobody lost its blocks do waiting
   * requests join, and the first that does not fit holds up the rest.
   *
   * The rules are those of vLLM V1 (vllm/v1/core/sched/scheduler.py).
   */
  private final SchedulerLimits limits;
  private final KvCache cache;
  private final EngineListener listener;
  private final Counters counters;
  private final LongConsumer done;
  private final int mostPerRequest;

  final SequenceQueue waiting = new SequenceQueue();
  final ArrayList<Sequence> running = new ArrayList<>();
  final StepWork work = new StepWork();

  /**
   * @param done is told the id of each request that has ended
   */
  Batcher(
      EngineSettings settings,
      KvCache cache,
      EngineListener listener,
      Counters counters,
      LongConsumer done) {
    this.limits = settings.limits();
    this.cache = cache;
    this.listener = listener;
    this.counters = counters;
    this.done = done;
    int threshold = limits.longPrefillTokenThreshold();
    mostPerRequest = threshold == 0 ? Integer.MAX_VALUE : threshold;
  }

  /** Fills {@link #work} for a step that begins at {@code nanos}; false where there is none. */
  boolean schedule(long nanos) {
    reapCancelled();
    if (running.isEmpty() && waiting.size() == 0) {
      return false;
    }
    work.clear();
    int budget = limits.maxNumBatchedTokens();
    long preemptions = counters.preemptions;
    for (int i = 0; i < running.size() && budget > 0; i++) {
      Sequence sequence = running.get(i);
      int chunk = Math.min(Math.min(sequence.remaining(), mostPerRequest), budget);
      if (!makeRoom(sequence, sequence.computed + chunk, nanos)) {
        break;
      }
      compute(sequence, chunk);
      budget -= chunk;
    }
    while (counters.preemptions == preemptions && budget > 0) {
      int chunk = admitNext(budget, nanos);
      if (chunk == 0) {
        break;
      }
      budget -= chunk;
    }
    return true;
  }

  /**
   * Frees the blocks of requests that were cancelled while they ran. Those of a step under way stay
   * in use until its end.
   */
  private void reapCancelled() {
    if (counters.cancelledRunning == 0) {
      return;
    }
    running.removeIf(
        sequence -> {
          if (sequence.cancelled) {
            cache.release(sequence);
          }
          return sequence.cancelled;
        });
    counters.cancelledRunning = 0;
  }

  /** Preempts from the end until {@code sequence} has its blocks; false where it lost its own. */
  private boolean makeRoom(Sequence sequence, int tokens, long nanos) {
    while (!cache.grow(sequence, tokens)) {
      Sequence victim = running.removeLast();
      cache.release(victim);
      victim.computed = 0;
      waiting.addFirst(victim);
      counters.preemptions++;
      listener.preempted(victim.request, nanos);
      if (victim == sequence) {
        return false;
      }
    }
    return true;
  }

  /** Lets the first of the queue run; the tokens that it gets, 0 where it has to wait. */
  private int admitNext(int budget, long nanos) {
    Sequence sequence = waiting.first();
    if (sequence == null || running.size() == limits.maxNumSeqs()) {
      return 0;
    }
    int cachedBlocks = cache.cachedBlocks(sequence.request, sequence.known());
    int cachedTokens = cache.tokensOf(cachedBlocks);
    int rest = Math.min(sequence.known() - cachedTokens, mostPerRequest);
    if (rest > budget && !limits.chunkedPrefill()) {
      return 0;
    }
    int chunk = Math.min(rest, budget);
    if (!cache.admit(sequence, cachedBlocks, cachedTokens + chunk)) {
      return 0;
    }
    waiting.remove(sequence);
    running.add(sequence);
    sequence.computed = cachedTokens;
    compute(sequence, chunk);
    if (!sequence.scheduledBefore) {
      sequence.scheduledBefore = true;
      if (cache.findsPrefixes()) {
        counters.prefixQueries += sequence.known();
        counters.prefixHits += cachedTokens;
      }
      listener.scheduled(sequence.request, nanos, cachedTokens);
    }
    return chunk;
  }

  private void compute(Sequence sequence, int chunk) {
    sequence.chunk = chunk;
    work.add(sequence);
  }

  /**
   * Ends the step: every request whose computed tokens have caught up has produced one.
   *
   * @param readyNanos when those can be sent
   */
  void complete(long readyNanos) {
    int kept = 0;
    for (int i = 0; i < running.size(); i++) {
      Sequence sequence = running.get(i);
      sequence.computed += sequence.chunk;
      sequence.chunk = 0;
      if (sequence.remaining() > 0 || sequence.cancelled || !produce(sequence, readyNanos)) {
        running.set(kept++, sequence);
      }
    }
    if (kept < running.size()) {
      running.subList(kept, running.size()).clear();
    }
  }

  /** Tells of a token; true where it was the last one. */
  private boolean produce(Sequence sequence, long readyNanos) {
    EngineRequest request = sequence.request;
    if (sequence.produced == 0) {
      counters.promptTokens += request.promptTokens();
    }
    counters.generationTokens++;
    listener.token(request, sequence.produced++, readyNanos);
    if (sequence.produced < request.outputTokens()) {
      return false;
    }
    cache.release(sequence);
    counters.completed++;
    done.accept(request.id());
    listener.finished(request, readyNanos);
    return true;
  }
}
