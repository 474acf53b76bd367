package dev.candor.mock;

import dev.candor.base.time.Clock;
import dev.candor.base.time.Scheduler;
import dev.candor.base.time.Timer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The mock's event loop as its scheduler. {@link #nanoTime} may be called by any thread. */
final class LoopScheduler implements Scheduler {
  private final EventLoop loop;
  private final Clock clock;

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
    ScheduledFuture<?> scheduled =
        loop.schedule(task, Math.max(0, nanos - clock.nanoTime()), TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }
}
