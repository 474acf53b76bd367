package dev.candor.load.health;

import dev.candor.base.time.Scheduler;
import dev.candor.load.driver.RunSink;
import dev.candor.load.transport.AttemptTrace;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.HdrHistogram.Histogram;

/**
 * A loop's own pulse: a probe every 10 ms finds out how late the loop runs. <b>For its loop's
 * thread only.</b>
 */
public final class LoopHealth {
  private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int loop;
  private final Scheduler scheduler;
  private final RunSink sink;
  private final IntSupplier inFlight;
  private final IntSupplier users;
  private final Histogram delay = new Histogram(TimeUnit.HOURS.toNanos(1), 3);
  private final Histogram lateness = new Histogram(TimeUnit.HOURS.toNanos(1), 3);
  private long inFlightSum;
  private long origin;
  private int second;
  private boolean stopped;

  public LoopHealth(
      int loop, Scheduler scheduler, RunSink sink, IntSupplier inFlight, IntSupplier users) {
    this.loop = loop;
    this.scheduler = scheduler;
    this.sink = sink;
    this.inFlight = inFlight;
    this.users = users;
  }

  /** Starts probing at {@code runOrigin}. */
  public void start(long runOrigin) {
    origin = runOrigin;
    probeAt(runOrigin + PROBE_NANOS);
  }

  /** Ends probing and reports the second that was begun. */
  public void stop() {
    if (!stopped) {
      stopped = true;
      if (delay.getTotalCount() > 0) {
        report();
      }
    }
  }

  /** Notes how late the attempt was sent, waits for its connection left out. */
  public void attemptEnded(AttemptTrace trace) {
    if (trace.sent != AttemptTrace.NO_INSTANT && !trace.heldBack) {
      long connecting = trace.connectNanos == AttemptTrace.NO_INSTANT ? 0 : trace.connectNanos;
      lateness.recordValue(
          Math.clamp(
              trace.sent - trace.intended - connecting, 0, lateness.getHighestTrackableValue()));
    }
  }

  private void probeAt(long due) {
    scheduler.at(due, () -> probe(due));
  }

  private void probe(long due) {
    if (stopped) {
      return;
    }
    long now = scheduler.nanoTime();
    // A loop that stood still missed its later probes too: they count as late as they are.
    long next = due;
    while (next <= now) {
      if (next - origin >= (second + 1) * SECOND_NANOS) {
        report();
      }
      delay.recordValue(Math.min(now - next, delay.getHighestTrackableValue()));
      inFlightSum += inFlight.getAsInt();
      next += PROBE_NANOS;
    }
    probeAt(next);
  }

  private void report() {
    long probes = Math.max(1, delay.getTotalCount());
    sink.second(
        new LoopSecond(
            loop,
            second,
            delay.getValueAtPercentile(99),
            lateness.getValueAtPercentile(99),
            (double) inFlightSum / probes,
            users.getAsInt()));
    delay.reset();
    lateness.reset();
    inFlightSum = 0;
    second++;
  }
}
