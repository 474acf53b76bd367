package dev.candor.engine;

import org.jspecify.annotations.Nullable;

/**
 * The requests of an engine that decode, one token a step each. A step costs the same however many
 * there are. <b>For one thread.</b>
 */
final class Decoding {
  /*
   * What a step does for such a request depends on nothing but how many steps have gone by since it
   * came in here. So its fields are left alone until it comes out, and a step changes sums: tokens
   * of context, and free blocks.
   *
   * Every `blockSize` steps a request needs a block, and fills one a step before that. Requests are
   * counted by the step, modulo `blockSize`, at which they need one. Those that have hashes for
   * blocks of their answer stand in rings by the step at which they fill one, in the order in which
   * they run; blocks become findable in the right order, but not before somebody could ask.
   *
   * Steps go by their number since the engine was made.
   */
  private final KvCache cache;
  private final int blockSize;
  private final AlarmHeap alarms = new AlarmHeap();
  private int[] needing = {};
  private @Nullable Sequence[] ringFirst = {};
  private @Nullable Sequence[] ringLast = {};
  private int inRings;

  /** Up to this step, rings have been served. */
  private long publishedStep = -1;

  private int size;
  private long context;

  /** The step under way, else the next one. */
  private long step;

  Decoding(KvCache cache) {
    this.cache = cache;
    blockSize = cache.settings().blockSize();
  }

  int size() {
    return size;
  }

  /** Lengths of the contexts that they read in {@link #step} together. */
  long context() {
    return context;
  }

  long step() {
    return step;
  }

  /** Output tokens that a request has, whether it is in here or not. */
  int produced(Sequence sequence) {
    return sequence.decoding ? (int) (step - sequence.tokenToStep) : sequence.produced;
  }

  /** The nearest step at whose end one of them has to come out. */
  long alarmStep() {
    return alarms.firstStep();
  }

  /** Blocks that they need in step {@code number}. */
  int blocksNeeded(long number) {
    return size == 0 ? 0 : needing[slot(number)];
  }

  /** Steps of which they were the whole work have ended. */
  void pass(int steps) {
    step += steps;
    context += (long) steps * size;
  }

  /** All are gone; the next step is {@code number}. */
  void clear(long number) {
    needing = new int[0];
    ringFirst = new @Nullable Sequence[0];
    ringLast = new @Nullable Sequence[0];
    inRings = 0;
    alarms.clear();
    size = 0;
    context = 0;
    step = number;
    publishedStep = number - 1;
  }

  /**
   * Takes in one that has produced a token and has one left to compute, between two steps. What was
   * produced in the step before, or earlier, and is not told yet stays to be told.
   */
  void add(Sequence sequence) {
    if (needing.length == 0) {
      needing = new int[blockSize];
    }
    EngineRequest request = sequence.request;
    long tokenToStep = step - sequence.produced;
    sequence.tokenToStep = tokenToStep;
    sequence.decoding = true;
    size++;
    context += sequence.known();
    needing[slot(step - sequence.known() + 1)]++;
    boolean tellsOne = request.tellToken() >= sequence.produced;
    int alarmToken =
        tellsOne
            ? Math.min(request.tellToken(), request.outputTokens() - 1)
            : request.outputTokens() - 1;
    alarms.add(sequence, tokenToStep + alarmToken);
    if (hasMoreHashes(sequence)) {
      enterRing(sequence, slot(step - sequence.known()));
    }
  }

  private boolean hasMoreHashes(Sequence sequence) {
    return cache.findsPrefixes() && sequence.entryCount < sequence.request.blockHashes().length;
  }

  /** Takes one out between two steps. */
  void removeBetweenSteps(Sequence sequence) {
    publishThrough(step - 1);
    take(sequence);
    sequence.blockCount = cache.settings().blocksFor(sequence.computed);
  }

  /** Takes one out while a step is under way. */
  void removeDuringStep(Sequence sequence) {
    publishThrough(step);
    take(sequence);
    sequence.chunk = 1;
    sequence.blockCount = cache.settings().blocksFor(sequence.computed + 1);
  }

  private void take(Sequence sequence) {
    sequence.produced = (int) (step - sequence.tokenToStep);
    sequence.computed = sequence.known() - 1;
    sequence.decoding = false;
    size--;
    context -= sequence.known();
    needing[slot(step - sequence.known() + 1)]--;
    alarms.remove(sequence);
    if (hasMoreHashes(sequence)) {
      leaveRing(sequence, slot(step - sequence.known()));
    }
  }

  /** The one whose alarm is nearest; there must be one. */
  Sequence next() {
    return alarms.first();
  }

  /** Makes findable what steps up to {@code number} fill. */
  void publishThrough(long number) {
    for (; inRings > 0 && publishedStep < number; publishedStep++) {
      publish(publishedStep + 1, Long.MAX_VALUE);
    }
    publishedStep = Math.max(publishedStep, number);
  }

  /**
   * Makes findable what the step that begins fills, of requests that run before the one of {@code
   * order}.
   */
  void publishBefore(long order) {
    publishThrough(step - 1);
    publish(step, order);
  }

  private void publish(long number, long order) {
    if (inRings == 0) {
      return;
    }
    Sequence sequence = ringFirst[slot(number)];
    while (sequence != null && sequence.order < order) {
      Sequence following = sequence.ringNext;
      long known = sequence.request.promptTokens() + number - sequence.tokenToStep;
      if (sequence.entryCount < known / blockSize) {
        cache.publishNext(sequence);
        if (!hasMoreHashes(sequence)) {
          leaveRing(sequence, slot(number));
        }
      }
      sequence = following;
    }
  }

  private void enterRing(Sequence sequence, int slot) {
    if (ringFirst.length == 0) {
      ringFirst = new @Nullable Sequence[blockSize];
      ringLast = new @Nullable Sequence[blockSize];
    }
    publishThrough(step - 1);
    Sequence before = ringLast[slot];
    while (before != null && before.order > sequence.order) {
      before = before.ringPrevious;
    }
    Sequence after = before == null ? ringFirst[slot] : before.ringNext;
    link(before, sequence, slot);
    link(sequence, after, slot);
    inRings++;
  }

  private void leaveRing(Sequence sequence, int slot) {
    link(sequence.ringPrevious, sequence.ringNext, slot);
    sequence.ringPrevious = null;
    sequence.ringNext = null;
    inRings--;
  }

  private void link(@Nullable Sequence before, @Nullable Sequence after, int slot) {
    if (before == null) {
      ringFirst[slot] = after;
    } else {
      before.ringNext = after;
    }
    if (after == null) {
      ringLast[slot] = before;
    } else {
      after.ringPrevious = before;
    }
  }

  private int slot(long number) {
    return (int) Math.floorMod(number, (long) blockSize);
  }
}
