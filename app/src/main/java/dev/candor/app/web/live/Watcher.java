package dev.candor.app.web.live;

import dev.candor.app.web.http.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One client that watches a run. Events are put into its queue by the run's follower, and written
 * by a thread of its own: a client that reads too slowly fills its queue and is dropped, and holds
 * up nobody.
 */
final class Watcher implements Answer.Source {
  /** Seconds that a client may be behind. */
  static final int MOST_WAITING = 32;

  private static final long HEARTBEAT_SECONDS = 15;
  private static final byte[] HELLO = ":\nretry: 2000\n\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

  /** Behind the last event. */
  private static final byte[] END = {};

  private final BlockingQueue<byte[]> events = new ArrayBlockingQueue<>(MOST_WAITING + 1);
  private final AtomicReference<@Nullable Thread> writer = new AtomicReference<>();
  private final Runnable gone;

  /**
   * @param gone hears, on the writer's thread, that the client watches no longer
   */
  Watcher(Runnable gone) {
    this.gone = gone;
  }

  /** Hands an event over; false where the client is too far behind, and is dropped. */
  boolean offer(byte[] event) {
    boolean taken = events.size() < MOST_WAITING && events.offer(event);
    if (!taken) {
      drop();
    }
    return taken;
  }

  /** There is no more. */
  void end() {
    if (!events.offer(END)) {
      drop();
    }
  }

  /** Ends a write that the client does not take. */
  private void drop() {
    Thread thread = writer.get();
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Override
  public void writeTo(OutputStream out) throws IOException, InterruptedException {
    writer.set(Thread.currentThread());
    try {
      out.write(HELLO);
      out.flush();
      while (true) {
        byte[] event = events.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        if (event != null && event.length == 0) {
          return;
        }
        out.write(event == null ? HEARTBEAT : event);
        out.flush();
      }
    } finally {
      writer.set(null);
      gone.run();
    }
  }
}
