package dev.candor.telemetry.push;

import dev.candor.telemetry.figures.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the figures as they stand every few seconds, and once more at the end, on a thread of its
 * own. What does not arrive is not sent again: counters go on from where they are.
 */
public final class PushLoop {
  /** The last figures are worth more than one try. */
  private static final int LAST_TRIES = 3;

  private static final long BETWEEN_TRIES_MILLIS = 300;

  private final Push push;
  private final long everyNanos;
  private final Supplier<Figures> figures;
  private final Troubles troubles;
  private final CountDownLatch over = new CountDownLatch(1);
  private final CountDownLatch pause = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param figures as they stand
   * @param threads makes a thread of a name
   */
  public PushLoop(
      Push push,
      long everyNanos,
      Supplier<Figures> figures,
      BiFunction<String, Runnable, Thread> threads) {
    this.push = push;
    this.everyNanos = everyNanos;
    this.figures = figures;
    this.troubles = new Troubles(push.name());
    this.thread = threads.apply("candor-push", this::work);
  }

  public void start() {
    thread.start();
  }

  /** The figures are the run's last: sends them. */
  public void end() {
    over.countDown();
  }

  /**
   * Waits until the last figures are sent, {@code nanos} at most.
   *
   * @return what a reader of the run must know of it, or null
   */
  public @Nullable String await(long nanos) throws InterruptedException {
    if (thread.getState() != Thread.State.NEW) {
      var _ = thread.join(Duration.ofNanos(Math.max(1, nanos)));
    }
    return troubles.note();
  }

  private void work() {
    try {
      while (!over.await(everyNanos, TimeUnit.NANOSECONDS)) {
        var _ = send();
      }
      for (int i = 0; i < LAST_TRIES && !send(); i++) {
        var _ = pause.await(BETWEEN_TRIES_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean send() throws InterruptedException {
    try {
      push.send(figures.get());
      troubles.sent();
      return true;
    } catch (IOException e) {
      troubles.failed(e);
      return false;
    }
  }
}
