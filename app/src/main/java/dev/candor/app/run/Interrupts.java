package dev.candor.app.run;

import dev.candor.base.time.Clock;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and SIGTERM end the load, not the program: what was measured is still reported. Another
 * signal ends the program at once, unless it comes with the first: {@code timeout} and many CI
 * runners signal a process and then its group, so that it is told twice.
 */
final class Interrupts implements AutoCloseable {
  static final long SAME_NANOS = 500_000_000;

  private final Clock clock;
  private final Runnable stop;
  private final Runnable endAtOnce;
  private boolean fired;
  private long firedNanos;
  private final @Nullable Object formerInt;
  private final @Nullable Object formerTerm;

  Interrupts(Clock clock, Runnable stop, Runnable endAtOnce) {
    this.clock = clock;
    this.stop = stop;
    this.endAtOnce = endAtOnce;
    formerInt = Signals.register("INT", this::signalled);
    formerTerm = Signals.register("TERM", this::signalled);
  }

  /** Calls {@code stop} on the first signal, on a thread of the JVM's. */
  static Interrupts listen(Clock clock, Runnable stop) {
    return new Interrupts(clock, stop, () -> Runtime.getRuntime().halt(130));
  }

  /** What a signal does, on whichever thread it comes. */
  void signalled() {
    long now = clock.nanoTime();
    boolean again;
    synchronized (this) {
      again = fired;
      if (!again) {
        fired = true;
        firedNanos = now;
      } else if (now - firedNanos < SAME_NANOS) {
        return;
      }
    }
    (again ? endAtOnce : stop).run();
  }

  synchronized boolean fired() {
    return fired;
  }

  @Override
  public void close() {
    unregister("INT", formerInt);
    unregister("TERM", formerTerm);
  }

  private static void unregister(String signal, @Nullable Object former) {
    if (former != null) {
      Signals.unregister(signal, former);
    }
  }
}
