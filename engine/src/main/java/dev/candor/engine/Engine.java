package dev.candor.engine;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.StandardNormal;
import java.util.function.IntConsumer;

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
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final EngineSettings settings;
  private final Seed seed;
  private final Telling telling;
  private final EngineListener listener;
  private final Counters counters = new Counters();
  private final KvCache cache;
  private final Batcher batcher;
  private final SequenceQueue arriving = new SequenceQueue();
  private final IdMap<Sequence> sequences = new IdMap<>();
  private final StepPlan plan = new StepPlan();

  /** Its number among several. */
  private final int place;

  /** Is told {@link #place} where {@link #nextNanos}, its load or its being up may have changed. */
  private final IntConsumer changed;

  private long now = Long.MIN_VALUE;
  private boolean inside;
  private boolean down;
  private long stepStartNanos;
  private long stepEndNanos = NEVER;
  private long lastDurationNanos;
  private double slowdown = 1;

  /** What {@link #nextNanos} says, where nothing has changed since. */
  private long nextNanos = UNKNOWN;

  /** One that tells each token at its instant. */
  public Engine(EngineSettings settings, Seed seed, EngineListener listener) {
    this(settings, seed, Telling.EACH, listener);
  }

  public Engine(EngineSettings settings, Seed seed, Telling telling, EngineListener listener) {
    this(settings, seed, telling, listener, 0, place -> {});
  }

  Engine(
      EngineSettings settings,
      Seed seed,
      Telling telling,
      EngineListener listener,
      int place,
      IntConsumer changed) {
    this.place = place;
    this.changed = changed;
    this.settings = settings;
    this.seed = seed;
    this.telling = telling;
    this.listener = listener;
    cache = new KvCache(settings.kvCache());
    batcher = new Batcher(settings, cache, telling, listener, counters, sequences::remove);
    changed.accept(place);
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
    forgetNext();
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
    enter();
    try {
      batcher.cancel(sequence);
    } finally {
      inside = false;
    }
    replan();
    return true;
  }

  /**
   * The instant of the next thing to happen of which the listener has to hear on time, {@code
   * Long.MAX_VALUE} where there is none. It may be an instant at which nothing is told.
   */
  public long nextNanos() {
    if (nextNanos == UNKNOWN) {
      nextNanos = stepEndNanos == NEVER || telling == Telling.EACH ? dueNanos() : lookAhead();
    }
    return nextNanos;
  }

  /** When a request comes out of the overhead or the step under way ends. */
  private long dueNanos() {
    return Math.min(stepEndNanos, nextVisibleNanos());
  }

  private long nextVisibleNanos() {
    Sequence next = arriving.first();
    return next == null ? NEVER : next.visibleNanos;
  }

  /** The end of the first step after which not all goes on as before. */
  private long lookAhead() {
    long number = batcher.decoding.step();
    long end = stepEndNanos;
    if (!batcher.runsOn()) {
      return end;
    }
    plan.dropBefore(number + 1);
    int batch = batcher.decoding.size();
    long context = batcher.work.contextTokens;
    long alarm = Math.min(batcher.decoding.alarmStep(), number + StepPlan.MOST);
    long visible = batcher.isOpen() ? nextVisibleNanos() : NEVER;
    int free = cache.pool().free();
    while (number < alarm && end < visible) {
      number++;
      context += batch;
      free -= batcher.decoding.blocksNeeded(number);
      if (free < 0) {
        break;
      }
      if (!plan.knows(number)) {
        plan.add(number, later(end, durationNanos(number, context)));
      }
      end = plan.end(number);
    }
    return end;
  }

  private void replan() {
    forgetNext();
    plan.clear();
  }

  private void forgetNext() {
    nextNanos = UNKNOWN;
    changed.accept(place);
  }

  /**
   * Does all that is due up to and at {@code nanos}, in order.
   *
   * @throws IllegalStateException where a listener calls this, or any method that takes an instant
   */
  public void advance(long nanos) {
    long until = Math.min(nanos, END_OF_TIME);
    if (inside || dueNanos() <= until) {
      enter();
      try {
        advanceTo(until);
      } finally {
        inside = false;
      }
    }
    now = Math.max(now, until);
  }

  private void advanceTo(long until) {
    for (long due = dueNanos(); due <= until; due = dueNanos()) {
      now = Math.max(now, due);
      takeArrived();
      if (stepEndNanos <= now && mayRun()) {
        run(until);
        continue;
      }
      forgetNext();
      if (stepEndNanos <= now) {
        plan.clear();
        endStep();
      }
      if (stepEndNanos == NEVER) {
        beginStep();
      }
    }
  }

  /** Whether the next step is like the one under way, but for one token more each. */
  private boolean mayRun() {
    long number = batcher.decoding.step();
    return batcher.runsOn()
        && number < batcher.decoding.alarmStep()
        && batcher.blocksNeeded(number + 1) <= cache.pool().free();
  }

  /** Ends the step under way, and begins and ends those after it, as long as they are alike. */
  private void run(long until) {
    long visible = batcher.isOpen() ? nextVisibleNanos() : NEVER;
    long alarm = batcher.decoding.alarmStep();
    long number = batcher.decoding.step();
    do {
      batcher.passOn(later(stepEndNanos, settings.stepTime().tokenOverheadNanos()));
      number++;
      counters.busyNanos += stepEndNanos - stepStartNanos;
      stepStartNanos = stepEndNanos;
      stepEndNanos =
          plan.knows(number)
              ? plan.end(number)
              : later(stepStartNanos, durationNanos(number, batcher.work.contextTokens));
      counters.steps++;
    } while (stepEndNanos <= until
        && number < alarm
        && stepEndNanos < visible
        && batcher.blocksNeeded(number + 1) <= cache.pool().free());
    if (nextNanos <= stepStartNanos) {
      forgetNext();
    }
    now = Math.max(now, stepStartNanos);
    lastDurationNanos = stepEndNanos - stepStartNanos;
  }

  /** Advances to {@code nanos}, and tells of all tokens of steps that have ended by then. */
  public void tellSoFar(long nanos) {
    advance(nanos);
    enter();
    try {
      batcher.tellSoFar();
    } finally {
      inside = false;
    }
  }

  /** As {@link #advance}, and nothing where a listener calls. */
  public void catchUp(long nanos) {
    if (!inside) {
      advance(nanos);
    }
  }

  /** Begins what may call the listener, who may not call back. */
  private void enter() {
    if (inside) {
      throw new IllegalStateException("a listener called back into its engine");
    }
    inside = true;
  }

  private void takeArrived() {
    for (Sequence next = arriving.first();
        next != null && next.visibleNanos <= now;
        next = arriving.first()) {
      arriving.remove(next);
      batcher.arrive(next);
    }
  }

  private void beginStep() {
    if (batcher.schedule(now)) {
      stepStartNanos = now;
      lastDurationNanos = durationNanos(counters.steps, batcher.work.contextTokens);
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

  private long durationNanos(long number, long contextTokens) {
    StepTime time = settings.stepTime();
    double nanos = time.nominalNanos(batcher.work, contextTokens) * slowdown;
    if (time.jitter() > 0) {
      nanos *= time.jitterFactor(StandardNormal.ofBits(seed.derive(number).value()));
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
    cache.pool().clear();
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
    replan();
  }

  /** Fails all requests, running ones first, and empties the cache; down until a restart. */
  public void crash(long nanos) {
    advance(nanos);
    leaveStep();
    down = true;
    enter();
    try {
      failAll(batcher.running);
      failAll(batcher.waiting);
      failAll(arriving);
    } finally {
      inside = false;
    }
    cache.pool().clear();
    batcher.crash(counters.steps);
    replan();
  }

  private void failAll(SequenceQueue queue) {
    for (Sequence first = queue.first(); first != null; first = queue.first()) {
      queue.remove(first);
      if (!first.cancelled) {
        sequences.remove(first.request.id());
        counters.failed++;
        batcher.tell(first);
        listener.failed(first.request, now);
      }
    }
  }

  /** Takes requests again, with a cold cache; without effect on a replica that is up. */
  public void restart(long nanos) {
    advance(nanos);
    down = false;
    changed.accept(place);
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
    if (cache.shares(request)) {
      batcher.publish();
    }
    return cache.tokensOf(cache.cachedBlocks(request, request.promptTokens()));
  }

  int place() {
    return place;
  }

  KvCache cache() {
    return cache;
  }

  Batcher batcher() {
    return batcher;
  }
}
