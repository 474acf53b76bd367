package dev.candor.load.health;

import com.sun.management.GarbageCollectionNotificationInfo;
import dev.candor.base.time.Clock;
import dev.candor.record.HealthWindow;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Pauses of garbage collections by the collectors' own word, in whole milliseconds, for a JVM
 * without Flight Recorder; other stops are not known then.
 */
final class CollectorPauses implements PauseSource {
  private final Clock clock;
  private final PauseLog log = new PauseLog();
  private final NotificationListener listener = (notification, handback) -> paused(notification);
  private final List<NotificationEmitter> emitters = new ArrayList<>();

  CollectorPauses(Clock clock) {
    this.clock = clock;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      // Concurrent cycles are reported beside the pauses; only pauses stop the loops.
      if (collector instanceof NotificationEmitter emitter
          && !collector.getName().contains("Concurrent")
          && !collector.getName().contains("Cycles")) {
        emitter.addNotificationListener(listener, null, null);
        emitters.add(emitter);
      }
    }
  }

  private void paused(javax.management.Notification notification) {
    if (notification
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      GarbageCollectionNotificationInfo info =
          GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
      long nanos = TimeUnit.MILLISECONDS.toNanos(info.getGcInfo().getDuration());
      log.add(PauseLog.Kind.GC, clock.nanoTime() - nanos, nanos);
    }
  }

  @Override
  public void begin(long origin) {
    log.begin(origin);
  }

  @Override
  public void mark() {}

  @Override
  public boolean knows(long instant) {
    return true;
  }

  @Override
  public HealthWindow.Pauses take(int second) {
    return new HealthWindow.Pauses(log.take(second).gcNanos(), null, null);
  }

  @Override
  public void finish() {}

  @Override
  public void close() {
    for (NotificationEmitter emitter : emitters) {
      try {
        emitter.removeNotificationListener(listener);
      } catch (ListenerNotFoundException e) {
        throw new IllegalStateException("was added by the constructor", e);
      }
    }
  }
}
