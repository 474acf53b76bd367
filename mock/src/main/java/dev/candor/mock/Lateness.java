package dev.candor.mock;

import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How late events were sent: handed to the socket, minus intended. Events that a client's slow
 * reading held back are not the mock's lateness and do not count. <b>Recording is for one
 * thread</b>, the event loop's; reading is for any.
 */
final class Lateness {
  private static final Logger LOG = LoggerFactory.getLogger(Lateness.class);

  /** A second is late where more than one event in a hundred of it was later than this. */
  static final long LATE_NANOS = 5_000_000;

  private static final int FEWEST = 20;
  private static final long SECOND = 1_000_000_000L;

  private final SingleWriterRecorder recorder = new SingleWriterRecorder(3);
  private final Histogram total = new Histogram(3);
  private long second = Long.MIN_VALUE;
  private int events;
  private int lateEvents;
  private boolean warned;
  private final AtomicInteger seconds = new AtomicInteger();
  private final AtomicInteger lateSeconds = new AtomicInteger();

  void record(long intendedNanos, long emittedNanos) {
    long late = Math.max(0, emittedNanos - intendedNanos);
    recorder.recordValue(late);
    long now = Math.floorDiv(emittedNanos, SECOND);
    if (now != second) {
      closeSecond();
      second = now;
    }
    events++;
    if (late > LATE_NANOS) {
      lateEvents++;
    }
  }

  private void closeSecond() {
    if (events >= FEWEST) {
      seconds.incrementAndGet();
      if (lateEvents * 100L > events) {
        lateSeconds.incrementAndGet();
        warnOnce();
      }
    }
    events = 0;
    lateEvents = 0;
  }

  private void warnOnce() {
    if (!warned && isLate(lateSeconds.get(), seconds.get())) {
      warned = true;
      LOG.warn(
          "{} of {} events in a second were sent more than {} ms late: this machine is too slow for"
              + " the load, do not believe the latencies",
          lateEvents,
          events,
          LATE_NANOS / 1_000_000);
    }
  }

  /** One late second, or one in a hundred, is a machine's hiccup. */
  static boolean isLate(int lateSeconds, int seconds) {
    return lateSeconds > Math.max(1, seconds / 100);
  }

  /** Begins anew. */
  synchronized void reset() {
    recorder.reset();
    total.reset();
    seconds.set(0);
    lateSeconds.set(0);
    warned = false;
  }

  /** A copy of all that was recorded. */
  synchronized Histogram sinceStart() {
    total.add(recorder.getIntervalHistogram());
    return total.copy();
  }

  /** Seconds with enough events to judge. */
  int seconds() {
    return seconds.get();
  }

  int lateSeconds() {
    return lateSeconds.get();
  }
}
