package dev.candor.load.driver;

import dev.candor.load.health.LoopSecond;
import dev.candor.load.health.RunHealth;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.TraceReader;
import dev.candor.record.AttemptRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jctools.queues.SpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Takes traces off the loops and turns them into records on a thread of its own. Traces go round:
 * loop, queue, writer, back to the loop.
 */
public final class RecordingSink implements RunSink, AutoCloseable {
  private static final long PAUSE_NANOS = 500_000;

  private final MpscUnboundedArrayQueue<Object> queue = new MpscUnboundedArrayQueue<>(4096);
  private final List<SpscArrayQueue<AttemptTrace>> spare = new ArrayList<>();
  private final TraceReader reader;
  private final Consumer<AttemptRecord> attempts;
  private final RunHealth health;
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;

  /**
   * Starts the writer's thread; {@code health} and {@code attempts} are called on it alone.
   *
   * @param onFailure called once where a consumer throws, after which records are dropped
   */
  public RecordingSink(
      int loops,
      TraceReader reader,
      RunHealth health,
      Consumer<AttemptRecord> attempts,
      Runnable onFailure) {
    this.reader = reader;
    this.health = health;
    this.attempts = attempts;
    for (int i = 0; i < loops; i++) {
      spare.add(new SpscArrayQueue<>(4096));
    }
    thread = Thread.ofPlatform().daemon().name("candor-writer").start(() -> write(onFailure));
  }

  @Override
  public void ended(AttemptTrace trace) {
    queue.offer(trace);
  }

  @Override
  public void second(LoopSecond second) {
    queue.offer(second);
  }

  @Override
  public AttemptTrace trace(int loop) {
    AttemptTrace trace = spare.get(loop).poll();
    if (trace == null) {
      return new AttemptTrace();
    }
    trace.reset();
    return trace;
  }

  private void write(Runnable onFailure) {
    while (true) {
      boolean last = closed;
      Object next = queue.poll();
      if (next != null) {
        unlessFailed(() -> handle(next), onFailure);
      } else if (last) {
        unlessFailed(health::finish, onFailure);
        return;
      } else {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void unlessFailed(Runnable step, Runnable onFailure) {
    if (failure == null) {
      try {
        step.run();
      } catch (RuntimeException | Error e) {
        failure = e;
        onFailure.run();
      }
    }
  }

  private void handle(Object next) {
    if (next instanceof AttemptTrace trace) {
      AttemptRecord attempt = reader.read(trace);
      spare.get(trace.loop).offer(trace);
      attempts.accept(attempt);
    } else if (next instanceof LoopSecond second) {
      health.add(second, queue.size(), 0);
    }
  }

  /** Waits until all that was handed over is written. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a consumer threw, or null. */
  public @Nullable Throwable failure() {
    return failure;
  }
}
