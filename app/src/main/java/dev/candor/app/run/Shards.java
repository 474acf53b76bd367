package dev.candor.app.run;

import dev.candor.base.time.VirtualTime;
import dev.candor.load.driver.Loop;
import dev.candor.load.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Loops in virtual time, which advance side by side from one barrier to the next and know nothing
 * of each other between. <b>For the run's thread</b>, but for what loops do in their own time.
 */
final class Shards implements AutoCloseable {
  /*
   * Nothing depends on how many threads there are: a loop is alone with its time, what it asks of
   * other loops waits for the barrier, and what loops have recorded is merged there by instant, then
   * by loop. Their number is the scenario's, never the machine's.
   */
  private final List<VirtualTime> times;
  private final ConcurrentLinkedQueue<Runnable> asked = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads;
  private volatile boolean advancing;

  /**
   * @param times of the loops, all at the same instant
   * @param threads at most
   */
  Shards(List<VirtualTime> times, int threads) {
    this.times = List.copyOf(times);
    this.threads =
        Executors.newFixedThreadPool(
            Math.min(threads, times.size()),
            Thread.ofPlatform().daemon().name("candor-simulation-", 0).factory());
  }

  int size() {
    return times.size();
  }

  long now() {
    return times.getFirst().nanoTime();
  }

  /** The loop {@code index}. */
  Loop loop(int index, Transport transport) {
    return new Loop(index, times.get(index), transport, this::execute);
  }

  private void execute(Runnable task) {
    if (advancing) {
      asked.add(task);
    } else {
      task.run();
    }
  }

  /**
   * Lets time pass until {@code nanos}, or until the load has ended.
   *
   * @return whether it has
   */
  boolean advance(long nanos, CompletableFuture<Void> finished)
      throws InterruptedException, ExecutionException {
    boolean over = finished.isDone();
    if (!over) {
      advancing = true;
      try {
        if (times.size() == 1) {
          advanceOnly(times.getFirst(), nanos);
        } else {
          advanceAll(nanos);
        }
      } finally {
        advancing = false;
      }
      for (Runnable task = asked.poll(); task != null; task = asked.poll()) {
        task.run();
      }
      over = finished.isDone();
    }
    if (over) {
      finished.get();
    }
    return over;
  }

  /** One by itself need not go on where it has something to say. */
  private void advanceOnly(VirtualTime time, long nanos) {
    while (asked.isEmpty() && time.runNextBy(nanos)) {}
    if (asked.isEmpty()) {
      time.runUntil(nanos);
    }
  }

  private void advanceAll(long nanos) throws InterruptedException, ExecutionException {
    List<Future<?>> running = new ArrayList<>();
    for (VirtualTime time : times) {
      running.add(threads.submit(() -> time.runUntil(nanos)));
    }
    for (Future<?> each : running) {
      var _ = each.get();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
