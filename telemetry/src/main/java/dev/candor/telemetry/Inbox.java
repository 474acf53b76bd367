package dev.candor.telemetry;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What was recorded and is still to be published. It never waits and never locks: where too much
 * waits in it, what comes is dropped and counted. <b>One thread puts in, one takes out.</b>
 */
final class Inbox {
  /** Of attempts and seconds. */
  static final int MOST_ITEMS = 65_536;

  /** Of all attempts in it together: some 50 MB. */
  static final long MOST_EVENTS = 4_000_000;

  /** What may be put in. */
  sealed interface Item {
    /** An attempt that has ended. */
    record Ended(AttemptRecord attempt) implements Item {}

    /** A second that is over. */
    record Second(HealthWindow window, boolean limited) implements Item {}
  }

  private final ConcurrentLinkedQueue<Item> items = new ConcurrentLinkedQueue<>();
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  void put(Item item) {
    if (count.get() >= MOST_ITEMS || events.get() >= MOST_EVENTS) {
      dropped.incrementAndGet();
      return;
    }
    count.incrementAndGet();
    events.addAndGet(eventsOf(item));
    items.add(item);
  }

  /** Hands over all that is in it. */
  void take(Consumer<Item> to) {
    Item item = items.poll();
    while (item != null) {
      to.accept(item);
      count.decrementAndGet();
      events.addAndGet(-eventsOf(item));
      item = items.poll();
    }
  }

  long dropped() {
    return dropped.get();
  }

  private static long eventsOf(Item item) {
    return switch (item) {
      case Item.Ended(AttemptRecord attempt) -> attempt.eventNanos().length;
      case Item.Second second -> 0;
    };
  }
}
