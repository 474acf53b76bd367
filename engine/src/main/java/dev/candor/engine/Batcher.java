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
  /** Steps for which no request is left to decode by itself, after one that was special. */
  private static final int STEPS_BY_HAND = 4;

  private final SchedulerLimits limits;
  private final KvCache cache;
  private final EngineListener listener;
  private final Counters counters;
  private final LongConsumer done;
  private final int mostPerRequest;
  private final boolean tellsEach;
  private long byHandUntilStep;
  private long nextOrder;
  private boolean runsOn;
  private boolean open;

  final SequenceQueue waiting = new SequenceQueue();

  /** In the order in which they joined. */
  final SequenceQueue running = new SequenceQueue();

  /** Those that run and are not among {@link #decoding}, in the same order. */
  private final ArrayList<Sequence> handled = new ArrayList<>();

  final Decoding decoding;
  final TokenTeller teller;
  final StepWork work = new StepWork();

  /**
   * @param done is told the id of each request that has ended
   */
  Batcher(
      EngineSettings settings,
      KvCache cache,
      Telling telling,
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
    tellsEach = telling == Telling.EACH;
    byHandUntilStep = tellsEach ? Long.MAX_VALUE : 0;
    decoding = new Decoding(cache);
    teller = new TokenTeller(listener);
  }

  /** Fills {@link #work} for a step that begins at {@code nanos}; false where there is none. */
  boolean schedule(long nanos) {
    reapCancelled();
    runsOn = false;
    if (running.size() == 0 && waiting.size() == 0) {
      return false;
    }
    work.clear();
    if (decoding.size() > 0 && !blocksSuffice()) {
      handleAll();
    }
    int budget = limits.maxNumBatchedTokens() - decodeByThemselves();
    long preemptions = counters.preemptions;
    for (int i = 0; i < handled.size() && budget > 0; i++) {
      Sequence sequence = handled.get(i);
      int chunk = chunk(sequence, budget);
      if (cache.findsPrefixes()) {
        decoding.publishBefore(sequence.order);
      }
      if (!makeRoom(sequence, sequence.computed + chunk, nanos)) {
        break;
      }
      compute(sequence, chunk);
      budget -= chunk;
    }
    boolean blocked = false;
    while (counters.preemptions == preemptions && budget > 0) {
      Sequence first = waiting.first();
      if (first == null || running.size() == limits.maxNumSeqs()) {
        break;
      }
      int chunk = admit(first, budget, nanos);
      if (chunk == 0) {
        // While all decode, free blocks only get fewer; but more of its prefix may be found.
        blocked = !cache.shares(first.request);
        break;
      }
      budget -= chunk;
    }
    open = running.size() < limits.maxNumSeqs() && !blocked;
    runsOn = handled.isEmpty() && (waiting.size() == 0 || !open);
    return true;
  }

  private int chunk(Sequence sequence, int budget) {
    return Math.min(Math.min(sequence.remaining(), mostPerRequest), budget);
  }

  /**
   * Whether there are blocks for all that run. There are always tokens for those that decode by
   * themselves: who joins finds a token left over, and from then on those before it never want more
   * than they did in that step.
   */
  private boolean blocksSuffice() {
    int budget = limits.maxNumBatchedTokens() - decoding.size();
    int blocks = cache.pool().free() - decoding.blocksNeeded(decoding.step());
    for (int i = 0; i < handled.size() && budget > 0; i++) {
      Sequence sequence = handled.get(i);
      int chunk = chunk(sequence, budget);
      budget -= chunk;
      blocks -= cache.lacking(sequence, sequence.computed + chunk);
    }
    return blocks >= 0;
  }

  private int decodeByThemselves() {
    int count = decoding.size();
    if (count > 0) {
      cache.pool().take(decoding.blocksNeeded(decoding.step()));
      work.addDecoding(count, decoding.context());
    }
    return count;
  }

  /** Lets nothing decode by itself. */
  private void handleAll() {
    byHandUntilStep = decoding.step() + STEPS_BY_HAND;
    handled.clear();
    for (Sequence sequence = running.first(); sequence != null; sequence = sequence.next) {
      if (sequence.decoding) {
        decoding.removeBetweenSteps(sequence);
      }
      handled.add(sequence);
    }
  }

  /** Takes those out that were cancelled while they ran, whose blocks are free from now on. */
  private void reapCancelled() {
    if (counters.cancelledRunning == 0) {
      return;
    }
    handled.removeIf(
        sequence -> {
          if (sequence.cancelled) {
            cache.release(sequence);
            running.remove(sequence);
          }
          return sequence.cancelled;
        });
    counters.cancelledRunning = 0;
  }

  /** Preempts from the end until {@code sequence} has its blocks; false where it lost its own. */
  private boolean makeRoom(Sequence sequence, int tokens, long nanos) {
    while (!cache.grow(sequence, tokens)) {
      // Blocks are short only where all are handled.
      Sequence victim = handled.removeLast();
      running.remove(victim);
      cache.release(victim);
      victim.computed = 0;
      waiting.addFirst(victim);
      counters.preemptions++;
      teller.tell(victim, victim.produced);
      listener.preempted(victim.request, nanos);
      if (victim == sequence) {
        return false;
      }
    }
    return true;
  }

  /** Lets one that waits run; the tokens that it gets, 0 where it has to wait. */
  private int admit(Sequence sequence, int budget, long nanos) {
    EngineRequest request = sequence.request;
    if (cache.shares(request)) {
      decoding.publishBefore(Long.MAX_VALUE);
    }
    int cachedBlocks = cache.cachedBlocks(request, sequence.known());
    int cachedTokens = cache.tokensOf(cachedBlocks);
    int there =
        sequence.scheduledBefore ? cachedTokens : Math.max(cachedTokens, request.carriedTokens());
    int rest = Math.min(sequence.known() - there, mostPerRequest);
    if (rest > budget && !limits.chunkedPrefill()) {
      return 0;
    }
    int chunk = Math.min(rest, budget);
    if (!cache.admit(sequence, cachedBlocks, there + chunk)) {
      return 0;
    }
    waiting.remove(sequence);
    running.addLast(sequence);
    handled.add(sequence);
    sequence.order = nextOrder++;
    sequence.computed = there;
    compute(sequence, chunk);
    if (!sequence.scheduledBefore) {
      sequence.scheduledBefore = true;
      if (cache.findsPrefixes()) {
        counters.prefixQueries += sequence.known();
        counters.prefixHits += cachedTokens;
      }
      listener.scheduled(request, nanos, cachedTokens);
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
    long number = decoding.step();
    if (!tellsEach) {
      stepReady(number, readyNanos);
      takeAlarmed(number);
    }
    counters.generationTokens += decoding.size();
    decoding.pass(1);
    boolean letGo = decoding.step() >= byHandUntilStep;
    int kept = 0;
    for (int i = 0; i < handled.size(); i++) {
      Sequence sequence = handled.get(i);
      sequence.computed += sequence.chunk;
      sequence.chunk = 0;
      if (sequence.remaining() == 0
          && !sequence.cancelled
          && produce(sequence, number, readyNanos)) {
        continue;
      }
      if (letGo && sequence.remaining() == 1 && sequence.produced > 0 && !sequence.cancelled) {
        decoding.add(sequence);
      } else {
        handled.set(kept++, sequence);
      }
    }
    if (kept < handled.size()) {
      handled.subList(kept, handled.size()).clear();
    }
  }

  private void takeAlarmed(long number) {
    while (decoding.alarmStep() == number) {
      handle(decoding.next());
    }
  }

  /** Takes one that decodes by itself out while a step is under way. */
  private void handle(Sequence sequence) {
    decoding.removeDuringStep(sequence);
    int at = handled.size();
    while (at > 0 && handled.get(at - 1).order > sequence.order) {
      at--;
    }
    handled.add(at, sequence);
  }

  /** Tells of a token; true where it was the last one. */
  private boolean produce(Sequence sequence, long number, long readyNanos) {
    EngineRequest request = sequence.request;
    int index = sequence.produced;
    if (index == 0) {
      counters.promptTokens += request.promptTokens();
    }
    counters.generationTokens++;
    boolean last = index + 1 == request.outputTokens();
    if (tellsEach) {
      sequence.produced++;
      sequence.told++;
      listener.token(request, index, readyNanos);
    } else {
      // Tokens between two tellings are of steps that follow each other.
      sequence.tokenToStep = number - index;
      sequence.produced++;
      if (index == 0 || index == request.tellToken() || last) {
        teller.tell(sequence, sequence.produced);
      }
    }
    if (!last) {
      return false;
    }
    running.remove(sequence);
    cache.release(sequence);
    counters.completed++;
    done.accept(request.id());
    listener.finished(request, readyNanos);
    return true;
  }

  private void stepReady(long number, long readyNanos) {
    if (teller.isFull()) {
      teller.makeRoom(running, decoding);
    }
    teller.stepEnded(number, readyNanos);
  }

  /**
   * Whether the step under way and those after it are alike: all that run decode by themselves, and
   * nobody can join; but somebody who comes out of the overhead, where it {@link #isOpen}.
   */
  boolean runsOn() {
    return runsOn;
  }

  boolean isOpen() {
    return open;
  }

  /** Blocks that step {@code number} needs where {@link #runsOn}. */
  int blocksNeeded(long number) {
    return decoding.blocksNeeded(number);
  }

  /** The step under way ends, and the next one, of which it was said that it is alike, begins. */
  void passOn(long readyNanos) {
    stepReady(decoding.step(), readyNanos);
    counters.generationTokens += decoding.size();
    decoding.pass(1);
    work.contextTokens += decoding.size();
    cache.pool().take(decoding.blocksNeeded(decoding.step()));
  }

  /** One more waits. */
  void arrive(Sequence sequence) {
    waiting.addLast(sequence);
    runsOn &= !open;
  }

  /** Tells of its last tokens, and lets it go with the step under way if it runs. */
  void cancel(Sequence sequence) {
    runsOn = false;
    if (sequence.queue == running) {
      if (sequence.decoding) {
        handle(sequence);
      }
      teller.tell(sequence, sequence.produced);
      counters.cancelledRunning++;
    } else if (sequence.queue != null) {
      sequence.queue.remove(sequence);
    }
    sequence.cancelled = true;
  }

  /** Tells of what is not told yet. */
  void tellSoFar() {
    for (Sequence sequence = running.first(); sequence != null; sequence = sequence.next) {
      tell(sequence);
    }
  }

  void tell(Sequence sequence) {
    teller.tell(sequence, decoding.produced(sequence));
  }

  /** Makes findable what the step under way fills too. */
  void publish() {
    decoding.publishThrough(decoding.step());
  }

  /** All is lost; the next step is {@code nextStep}. */
  void crash(long nextStep) {
    handled.clear();
    runsOn = false;
    decoding.clear(nextStep);
    teller.forget();
    counters.cancelledRunning = 0;
  }
}
