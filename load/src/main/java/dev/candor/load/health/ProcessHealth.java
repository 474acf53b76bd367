package dev.candor.load.health;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import dev.candor.base.time.Clock;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** What the process as a whole costs: garbage collection pauses and CPU time. */
public final class ProcessHealth {
  private final Clock clock;
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final AtomicLong longestPause = new AtomicLong();
  private long lastCpuNanos;
  private long lastNanos;

  public ProcessHealth(Clock clock) {
    this.clock = clock;
    this.lastNanos = clock.nanoTime();
    this.lastCpuNanos = system.getProcessCpuTime();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      // Concurrent cycles are reported beside the pauses; only pauses stop the loops.
      if (collector instanceof NotificationEmitter emitter
          && !collector.getName().contains("Concurrent")
          && !collector.getName().contains("Cycles")) {
        emitter.addNotificationListener(
            (notification, handback) ->
                paused(
                    GarbageCollectionNotificationInfo.from(
                        (CompositeData) notification.getUserData())),
            notification ->
                notification
                    .getType()
                    .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION),
            null);
      }
    }
  }

  private void paused(GarbageCollectionNotificationInfo info) {
    long nanos = TimeUnit.MILLISECONDS.toNanos(info.getGcInfo().getDuration());
    longestPause.accumulateAndGet(nanos, Math::max);
  }

  /** Since the last sample. For one thread. */
  public Sample sample() {
    long now = clock.nanoTime();
    long cpu = system.getProcessCpuTime();
    double share =
        (cpu - lastCpuNanos)
            / (double) Math.max(1, (now - lastNanos) * Runtime.getRuntime().availableProcessors());
    lastNanos = now;
    lastCpuNanos = cpu;
    return new Sample(longestPause.getAndSet(0), Math.clamp(share, 0, 1));
  }

  /**
   * @param cpuShare of the cores allowed, 0 to 1
   */
  public record Sample(long gcPauseMaxNanos, double cpuShare) {}
}
