package dev.candor.load.transport.http;

import dev.candor.base.time.Clock;
import dev.candor.base.time.Scheduler;
import dev.candor.base.time.Timer;
import dev.candor.base.time.TimerQueue;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timers of an event loop, of which Netty knows only the earliest. {@link #nanoTime} may be
 * called by any thread, <b>{@link #at} by the loop's alone.</b>
 */
final class LoopScheduler implements Scheduler {
  private static final Logger LOG = LoggerFactory.getLogger(LoopScheduler.class);

  private final EventLoop loop;
  private final Clock clock;
  private final TimerQueue timers = new TimerQueue();
  private @Nullable ScheduledFuture<?> wakeUp;
  private long wakeUpAt = Long.MAX_VALUE;
  private boolean running;

  LoopScheduler(EventLoop loop, Clock clock) {
    this.loop = loop;
    this.clock = clock;
  }

  @Override
  public long nanoTime() {
    return clock.nanoTime();
  }

  @Override
  public Timer at(long nanos, Runnable task) {
    if (!loop.inEventLoop()) {
      throw new IllegalStateException("a timer of the loop was set by " + Thread.currentThread());
    }
    Timer timer = timers.add(nanos, task);
    if (!running) {
      arm();
    }
    return timer;
  }

  /** Where the earliest timer was cancelled, the wake-up for it stays: it finds nothing to do. */
  private void arm() {
    long next = timers.earliest();
    if (next >= wakeUpAt) {
      return;
    }
    if (wakeUp != null) {
      wakeUp.cancel(false);
    }
    wakeUpAt = next;
    wakeUp = loop.schedule(this::run, Math.max(0, next - clock.nanoTime()), TimeUnit.NANOSECONDS);
  }

  private void run() {
    wakeUp = null;
    wakeUpAt = Long.MAX_VALUE;
    running = true;
    try {
      timers.run(clock.nanoTime());
    } catch (RuntimeException | Error e) {
      // Netty would keep it in a future that nobody reads.
      LOG.error("a timer's task failed", e);
    } finally {
      running = false;
      arm();
    }
  }
}
