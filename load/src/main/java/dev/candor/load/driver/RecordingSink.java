package dev.candor.load.driver;

import dev.candor.load.health.LoopSecond;
import dev.candor.load.health.ProcessHealth;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.TraceReader;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
  private final Map<Integer, List<LoopSecond>> seconds = new TreeMap<>();
  private final TraceReader reader;
  private final Consumer<AttemptRecord> attempts;
  private final Consumer<HealthWindow> windows;
  private final ProcessHealth process;
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;

  /**
   * Starts the writer's thread; both consumers are called on it alone.
   *
   * @param onFailure called once where a consumer throws, after which records are dropped
   */
  public RecordingSink(
      int loops,
      TraceReader reader,
      ProcessHealth process,
      Consumer<AttemptRecord> attempts,
      Consumer<HealthWindow> windows,
      Runnable onFailure) {
    this.reader = reader;
    this.process = process;
    this.attempts = attempts;
    this.windows = windows;
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
      if (next == null) {
        if (last) {
          break;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      } else if (failure == null) {
        try {
          handle(next);
        } catch (RuntimeException | Error e) {
          failure = e;
          onFailure.run();
        }
      }
    }
  }

  private void handle(Object next) {
    if (next instanceof AttemptTrace trace) {
      AttemptRecord attempt = reader.read(trace);
      spare.get(trace.loop).offer(trace);
      attempts.accept(attempt);
    } else if (next instanceof LoopSecond second) {
      List<LoopSecond> known = seconds.computeIfAbsent(second.second(), s -> new ArrayList<>());
      known.add(second);
      if (known.size() == spare.size()) {
        seconds.remove(second.second());
        windows.accept(merge(second.second(), known));
      }
    }
  }

  private HealthWindow merge(int second, List<LoopSecond> loops) {
    ProcessHealth.Sample sample = process.sample();
    return new HealthWindow(
        second,
        loops.stream().mapToLong(LoopSecond::loopDelayP99Nanos).max().orElse(0),
        loops.stream().mapToLong(LoopSecond::sendLatenessP99Nanos).max().orElse(0),
        sample.gcPauseMaxNanos(),
        sample.cpuShare(),
        loops.stream().mapToDouble(LoopSecond::inFlight).sum(),
        loops.stream().mapToInt(LoopSecond::users).sum(),
        loops.stream().mapToLong(LoopSecond::tokenEvents).sum(),
        queue.size());
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
