package dev.candor.load.health;

import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The longest pauses of each second that has not been asked for. Safe for any thread. */
final class PauseLog {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final TreeMap<Long, Longest> seconds = new TreeMap<>();
  private long origin = Long.MAX_VALUE;
  private long taken = -1;

  /** What stops whom. */
  enum Kind {
    GC,
    SAFEPOINT,
    ALLOCATION_STALL
  }

  /** Zero where there was none. */
  record Longest(long gcNanos, long safepointNanos, long allocationStallNanos) {
    static final Longest NONE = new Longest(0, 0, 0);

    Longest with(Kind kind, long nanos) {
      return switch (kind) {
        case GC -> new Longest(Math.max(gcNanos, nanos), safepointNanos, allocationStallNanos);
        case SAFEPOINT ->
            new Longest(gcNanos, Math.max(safepointNanos, nanos), allocationStallNanos);
        case ALLOCATION_STALL ->
            new Longest(gcNanos, safepointNanos, Math.max(allocationStallNanos, nanos));
      };
    }
  }

  synchronized void begin(long runOrigin) {
    origin = runOrigin;
  }

  /** Notes a pause in every second that it reached into. */
  synchronized void add(Kind kind, long start, long nanos) {
    if (origin == Long.MAX_VALUE) {
      return;
    }
    long last = Math.floorDiv(start + nanos - origin, SECOND_NANOS);
    long first = Math.max(taken + 1, Math.floorDiv(start - origin, SECOND_NANOS));
    for (long second = first; second <= last; second++) {
      seconds.merge(second, Longest.NONE.with(kind, nanos), (a, b) -> a.with(kind, nanos));
    }
  }

  /** The longest of {@code second}, which is then closed, as are those before it. */
  synchronized Longest take(int second) {
    Longest longest = seconds.getOrDefault((long) second, Longest.NONE);
    seconds.headMap((long) second, true).clear();
    taken = Math.max(taken, second);
    return longest;
  }
}
