package dev.candor.mock.fault;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.scenario.FaultRule.Window;

/**
 * The slices of time in which one rule is on, in nanoseconds from the timetable's start.
 * Thread-safe without locks.
 *
 * <p>Opening k + 1 follows opening k by a draw from {@code seed.derive(k + 1)}, or at the end of
 * slice k where that is later. So every opening is fixed by the seed, whenever it is asked for. The
 * last two slices are kept only to spare the way from the first; the one before the latest is for
 * threads whose clock reading is a little older.
 */
final class Openings {
  /** Not open. */
  static final long CLOSED = -1;

  /** Never again. */
  static final long NEVER = Long.MAX_VALUE;

  private final Window window;
  private final Seed seed;
  private final Slice first;
  private volatile Slice before;
  private volatile Slice latest;

  private record Slice(long number, long opens, long closes, long nextOpens) {}

  Openings(Window window, Seed seed) {
    this.window = window;
    this.seed = seed;
    this.first = slice(0, window.fromNanos());
    this.before = first;
    this.latest = first;
  }

  /** When the slice opened that is open at {@code elapsed}, or {@link #CLOSED}. */
  long openedAt(long elapsed) {
    Slice slice = around(elapsed);
    return elapsed >= slice.opens && elapsed < slice.closes ? slice.opens : CLOSED;
  }

  /** The first opening or closing after {@code elapsed}, or {@link #NEVER}. */
  long nextChange(long elapsed) {
    Slice slice = around(elapsed);
    if (elapsed < slice.opens) {
      return slice.opens;
    }
    return elapsed < slice.closes ? slice.closes : slice.nextOpens;
  }

  /** The last slice that opened up to {@code elapsed}; the first where none has. */
  private Slice around(long elapsed) {
    Slice known = latest;
    Slice slice = elapsed >= known.opens ? known : before;
    if (elapsed < slice.opens) {
      slice = first;
    }
    Slice passed = slice;
    while (elapsed >= slice.nextOpens) {
      passed = slice;
      slice = slice(slice.number + 1, slice.nextOpens);
    }
    if (slice.number > known.number) {
      before = passed;
      latest = slice;
    }
    return slice;
  }

  private Slice slice(long number, long opens) {
    long closes = window.lastsNanos() == 0 ? NEVER : later(opens, window.lastsNanos());
    Distribution every = window.everyNanos();
    if (every == null) {
      return new Slice(number, opens, closes, NEVER);
    }
    long gap = (long) every.sample(seed.derive(number + 1).stream());
    return new Slice(number, opens, closes, Math.max(closes, later(opens, gap)));
  }

  private static long later(long instant, long nanos) {
    return nanos < NEVER - instant ? instant + nanos : NEVER;
  }
}
