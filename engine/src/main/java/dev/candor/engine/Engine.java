package dev.candor.engine;

import dev.candor.base.random.Seed;
import java.util.HashMap;
import java.util.Map;

/**
 * One replica of an inference engine, whose time is the caller's. <b>Not safe for use by several
 * threads.</b>
 *
 * <pre>{@code
 * engine.submit(now, request);
 * while (engine.nextNanos() != Long.MAX_VALUE) {
 *   engine.advance(engine.nextNanos());
 * }
 * }</pre>
 *
 * Every method that takes an instant first does all that is due up to it. An instant before the
 * latest one counts as the latest; time ends at {@code Long.MAX_VALUE - 1}. The same calls and seed
 * give the same events; the jitter of step n depends on the seed and n alone.
 */
public final class Engine {
  /*
   * Two things can happen: a request comes out of the request overhead, and a step ends. Steps
   * follow each other without a gap while there is work, and an idle engine begins one as soon as a
   * request arrives. What a step computes, and how long it takes, is settled when it begins.
   *
   * The overhead is the same for all, so that those on their way stand in a queue.
   */
  private static final long END_OF_TIME = Long.MAX_VALUE - 1;
  private static final long NEVER = Long.MAX_VALUE;

  private final EngineSettings settings;
  private final Seed seed;
  private final EngineListener listener;
  private final Counters counters = new Counters();
  private final KvCache cache;
  private final Batcher batcher;
  private final SequenceQueue arriving = new SequenceQueue();
  private final Map<Long, Sequence> sequences = new HashMap<>();

  private long now = Long.MIN_VALUE;
  private boolean telling;
  private boolean down;
  private long stepStartNanos;
  private long stepEndNanos = NEVER;
  private long lastDurationNanos;
  private double slowdown = 1;

  /** One that tells each token at its instant. */
  public Engine(EngineSettings settings, Seed seed, EngineListener listener) {
    this(settings, seed, Telling.EACH, listener);
  }

  public Engine(EngineSettings settings, Seed seed, Telling tellsTokens, EngineListener listener) {
    this.settings = settings;
    this.seed = seed;
    this.listener = listener;
    cache = new KvCache(settings.kvCache());
    batcher = new Batcher(settings, cache, listener, counters, sequences::remove);
  }

  /**
   * Takes a request in, unless it says otherwise.
   *
   * @throws IllegalArgumentException where a request of that id is still here, or it has more
   *     hashes than full blocks
   */
  public Admission submit(long nanos, EngineRequest request) {
    request.checkHashes(settings.kvCache().blockSize());
    advance(nanos);
    request.checkNew(sequences);
    counters.submitted++;
    Admission admission = admission(request);
    if (admission != Admission.ACCEPTED) {
      counters.rejected++;
      return admission;
    }
    Sequence sequence =
        new Sequence(request, later(now, settings.stepTime().requestOverheadNanos()));
    sequences.put(request.id(), sequence);
    arriving.addLast(sequence);
    // Without overhead it is due now.
    advance(now);
    return admission;
  }

  private Admission admission(EngineRequest request) {
    long tokens = request.totalTokens();
    SchedulerLimits limits = settings.limits();
    if (down) {
      return Admission.DOWN;
    }
    // The last token is told and never computed.
    if (tokens > limits.maxModelLen() || !cache.canEverHold(tokens - 1)) {
      return Admission.TOO_LONG;
    }
    boolean full =
        limits.maxQueue() > 0 && sequences.size() >= (long) limits.maxNumSeqs() + limits.maxQueue();
    return full ? Admission.QUEUE_FULL : Admission.ACCEPTED;
  }

  /**
   * Ends a request from outside. Its blocks are free when the next step is scheduled.
   *
   * @return false where there is no such request, or it has ended
   */
  public boolean cancel(long nanos, long id) {
    advance(nanos);
    Sequence sequence = sequences.remove(id);
    if (sequence == null) {
      return false;
    }
    counters.cancelled++;
    sequence.cancelled = true;
    if (sequence.queue == null) {
      counters.cancelledRunning++;
    } else {
      sequence.queue.remove(sequence);
    }
    return true;
  }

  /** The instant of the next thing to happen, {@code Long.MAX_VALUE} where there is none. */
  public long nextNanos() {
    Sequence next = arriving.first();
    return next == null ? stepEndNanos : Math.min(stepEndNanos, next.visibleNanos);
  }

  /**
   * Does all that is due up to and at {@code nanos}, in order.
   *
   * @throws IllegalStateException where a listener calls this, or any method that takes an instant
   */
  public void advance(long nanos) {
    if (telling) {
      throw new IllegalStateException("a listener called back into its engine");
    }
    long until = Math.min(nanos, END_OF_TIME);
    telling = true;
    try {
      for (long due = nextNanos(); due <= until; due = nextNanos()) {
        now = Math.max(now, due);
        takeArrived();
        if (stepEndNanos <= now) {
          endStep();
        }
        if (stepEndNanos == NEVER) {
          beginStep();
        }
      }
    } finally {
      telling = false;
    }
    now = Math.max(now, until);
  }

  /** Advances to {@code nanos}, and tells of all tokens of steps that have ended by then. */
  public void tellSoFar(long nanos) {
    advance(nanos);
  }

  private void takeArrived() {
    for (Sequence next = arriving.first();
        next != null && next.visibleNanos <= now;
        next = arriving.first()) {
      arriving.remove(next);
      batcher.waiting.addLast(next);
    }
  }

  private void beginStep() {
    if (batcher.schedule(now)) {
      stepStartNanos = now;
      lastDurationNanos = durationNanos();
      stepEndNanos = later(now, lastDurationNanos);
      counters.steps++;
    }
  }

  private void endStep() {
    leaveStep();
    batcher.complete(later(now, settings.stepTime().tokenOverheadNanos()));
  }

  private void leaveStep() {
    if (stepEndNanos != NEVER) {
      counters.busyNanos += now - stepStartNanos;
      stepEndNanos = NEVER;
    }
  }

  private long durationNanos() {
    StepTime time = settings.stepTime();
    double nanos = time.nominalNanos(batcher.work) * slowdown;
    if (time.jitter() > 0) {
      nanos *= time.jitterFactor(seed.derive(counters.steps).stream().nextGaussian());
    }
    return Math.max(1, Math.round(nanos));
  }

  private static long later(long nanos, long duration) {
    return nanos > END_OF_TIME - duration ? END_OF_TIME : nanos + duration;
  }

  /**
   * Forgets what free blocks hold, as vLLM's {@code POST /reset_prefix_cache}.
   *
   * @return false, with nothing done, while blocks are in use
   */
  public boolean resetPrefixCache(long nanos) {
    advance(nanos);
    if (cache.pool().free() < cache.pool().total()) {
      return false;
    }
    cache.pool().forgetHashes();
    return true;
  }

  /**
   * Multiplies step times, from the next step on: a brown-out, a leak, a spike.
   *
   * @param factor above 0; 1: as the profile has it
   */
  public void slowdown(double factor) {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("slowdown is %s, must be above 0".formatted(factor));
    }
    slowdown = factor;
  }

  /** Fails all requests, running ones first, and empties the cache; down until a restart. */
  public void crash(long nanos) {
    advance(nanos);
    leaveStep();
    down = true;
    cache.pool().clear();
    telling = true;
    try {
      batcher.running.forEach(this::fail);
      failAll(batcher.waiting);
      failAll(arriving);
    } finally {
      telling = false;
    }
    batcher.running.clear();
    counters.cancelledRunning = 0;
  }

  private void failAll(SequenceQueue queue) {
    for (Sequence first = queue.first(); first != null; first = queue.first()) {
      queue.remove(first);
      fail(first);
    }
  }

  private void fail(Sequence sequence) {
    if (!sequence.cancelled) {
      sequences.remove(sequence.request.id());
      counters.failed++;
      listener.failed(sequence.request, now);
    }
  }

  /** Takes requests again, with a cold cache; without effect on a replica that is up. */
  public void restart(long nanos) {
    advance(nanos);
    down = false;
  }

  /** What it holds and has counted. */
  public EngineState state() {
    return EngineState.of(
        counters, batcher, arriving.size(), cache.pool(), down, lastDurationNanos);
  }

  /** Requests that it holds, wherever they are. */
  public int load() {
    return sequences.size();
  }

  /** Whether it has crashed and is not back. */
  public boolean isDown() {
    return down;
  }

  /** Leading tokens of the prompt whose KV a step begun now would find. */
  public int cachedTokens(EngineRequest request) {
    return cache.tokensOf(cache.cachedBlocks(request, request.promptTokens()));
  }

  KvCache cache() {
    return cache;
  }

  Batcher batcher() {
    return batcher;
  }
}
