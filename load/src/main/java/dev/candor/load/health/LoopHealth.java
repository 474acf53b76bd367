package dev.candor.load.health;

import dev.candor.base.time.Scheduler;
import dev.candor.load.driver.RunSink;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A loop's own pulse: a probe every 10 ms finds out how late the loop runs. <b>For its loop's
 * thread only.</b>
 */
public final class LoopHealth {
  private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LATEST_NANOS = TimeUnit.HOURS.toNanos(1);

  private final int loop;
  private final Scheduler scheduler;
  private final LoopGauges gauges;
  private final RunSink sink;
  private final Lateness delay = new Lateness(LATEST_NANOS);
  private final Lateness lateness = new Lateness(LATEST_NANOS);
  private @Nullable Activity activity;
  private long inFlightSum;
  private long tokenEvents;
  private long origin;
  private int second;
  private boolean stopped;

  /** What the loop is busy with. */
  public interface Activity {
    int inFlight();

    int users();

    /** Calls {@link LoopHealth#late} and {@link LoopHealth#received} for all that is new. */
    void account(long now);
  }

  public LoopHealth(int loop, Scheduler scheduler, LoopGauges gauges, RunSink sink) {
    this.loop = loop;
    this.scheduler = scheduler;
    this.gauges = gauges;
    this.sink = sink;
  }

  /** Starts probing at {@code runOrigin}. */
  public void start(long runOrigin, Activity of) {
    start(runOrigin, runOrigin, of);
  }

  /** Starts probing at {@code begin}, in the middle of a run that started at {@code runOrigin}. */
  public void start(long runOrigin, long begin, Activity of) {
    origin = runOrigin;
    second = (int) ((begin - runOrigin) / SECOND_NANOS);
    activity = of;
    // What came together before the run is nobody's second.
    var _ = gauges.read();
    probeAt(begin + PROBE_NANOS, of);
  }

  /** Ends probing and reports the second that was begun. */
  public void stop() {
    if (!stopped && activity != null) {
      stopped = true;
      if (delay.count() > 0) {
        report(activity);
      }
    }
  }

  /** Notes that a request was sent so much after its intent, by the client's own doing. */
  public void late(long nanos) {
    lateness.add(nanos);
  }

  /** Notes token events that have arrived. */
  public void received(int events) {
    tokenEvents += events;
  }

  private void probeAt(long due, Activity of) {
    scheduler.at(due, () -> probe(due, of));
  }

  private void probe(long due, Activity of) {
    if (stopped) {
      return;
    }
    long now = scheduler.nanoTime();
    gauges.probe();
    // A loop that stood still missed its later probes too: they count as late as they are.
    long next = due;
    while (next <= now) {
      if (next - origin >= (second + 1) * SECOND_NANOS) {
        report(of);
      }
      delay.add(now - next);
      inFlightSum += of.inFlight();
      next += PROBE_NANOS;
    }
    probeAt(next, of);
  }

  private void report(Activity of) {
    long now = scheduler.nanoTime();
    of.account(now);
    long probes = Math.max(1, delay.count());
    sink.second(
        new LoopSecond(
            loop,
            second,
            delay.p99(),
            lateness.p99(),
            gauges.read(),
            (double) inFlightSum / probes,
            of.users(),
            tokenEvents,
            now));
    delay.reset();
    lateness.reset();
    inFlightSum = 0;
    tokenEvents = 0;
    second++;
  }
}
