package dev.candor.load.driver;

import dev.candor.load.health.LoopSecond;
import dev.candor.load.health.RunHealth;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.TraceBlock;
import dev.candor.load.transport.TraceBlocks;
import dev.candor.load.transport.TraceReader;
import dev.candor.record.AttemptRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jctools.queues.MpscArrayQueue;
import org.jctools.queues.SpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Takes traces off the loops and turns them into records on a thread of its own. Traces and the
 * blocks of their timelines go round: loop, queue, writer, back to the loop.
 */
public final class RecordingSink implements RunSink, AutoCloseable {
  /*
   * Never does a loop wait for the writer. What the writer has not read is bounded: 64 MiB of
   * blocks, over all loops, and as many messages as the queue has places, most of which only ended
   * attempts can take. Beyond it a timeline, and last of all a record, is dropped and counted, and
   * the run is invalid.
   */
  private static final long PAUSE_NANOS = 2_000_000;
  private static final int PLACES = 1 << 18;
  private static final int MOST_BLOCKS = 1 << 16;
  private static final int MOST_SPARE = 1 << 14;

  private final MpscArrayQueue<Object> queue = new MpscArrayQueue<>(PLACES);
  private final List<LoopSide> sides = new ArrayList<>();
  private final AtomicLong lost = new AtomicLong();
  private long lostTold;
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
      sides.add(new LoopSide(MOST_BLOCKS / loops));
    }
    thread = Thread.ofPlatform().daemon().name("candor-writer").start(() -> write(onFailure));
  }

  /** What a loop has of its own: its traces, its blocks. */
  private final class LoopSide {
    final SpscArrayQueue<AttemptTrace> spare = new SpscArrayQueue<>(MOST_SPARE);
    final TraceBlocks blocks;

    /**
     * What the full queue did not take and the writer must hear of all the same: dropped attempts
     * of which it still has blocks, and seconds.
     */
    final ArrayDeque<Object> untold = new ArrayDeque<>();

    LoopSide(int mostBlocks) {
      blocks = new TraceBlocks(mostBlocks, queue::offer);
    }

    /** Whether nothing is left untold. */
    boolean tell() {
      while (!untold.isEmpty() && queue.offer(untold.peek())) {
        untold.remove();
      }
      return untold.isEmpty();
    }
  }

  @Override
  public void ended(AttemptTrace trace) {
    LoopSide side = sides.get(trace.loop);
    var _ = side.tell();
    if (!queue.offer(trace)) {
      lost.incrementAndGet();
      if (trace.drop()) {
        side.untold.add(trace);
      }
    }
  }

  @Override
  public void second(LoopSecond second) {
    LoopSide side = sides.get(second.loop());
    // A second that was dropped could not be marked: it comes late instead, and in order.
    if (!side.tell() || !queue.offer(second)) {
      side.untold.add(second);
    }
  }

  @Override
  public AttemptTrace trace(int loop) {
    LoopSide side = sides.get(loop);
    AttemptTrace trace = side.spare.poll();
    if (trace == null) {
      trace = new AttemptTrace(side.blocks);
    } else {
      trace.reset();
    }
    trace.keepText(reader.wantsText());
    return trace;
  }

  private void write(Runnable onFailure) {
    CoreSharing.yieldToLoops();
    try (reader) {
      drain(onFailure);
    }
  }

  private void drain(Runnable onFailure) {
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
    switch (next) {
      case TraceBlock block -> reader.keep(block);
      case AttemptTrace trace when trace.dropped() -> reader.drop(trace);
      case AttemptTrace trace -> {
        AttemptRecord attempt = reader.read(trace);
        if (trace.incomplete()) {
          lost.incrementAndGet();
        }
        sides.get(trace.loop).spare.offer(trace);
        attempts.accept(attempt);
      }
      case LoopSecond second -> health.add(second, queue.size(), lostSince());
      default -> throw new IllegalArgumentException("not a message: " + next);
    }
  }

  private long lostSince() {
    long now = lost.get();
    long since = now - lostTold;
    lostTold = now;
    return since;
  }

  /** Attempts of which the record or its timeline was dropped, as the writer was too far behind. */
  public long lost() {
    return lost.get();
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

  /** Whether all that was handed over has been taken up; the last of it may still be under way. */
  public boolean idle() {
    return queue.isEmpty();
  }

  /** What a consumer threw, or null. */
  public @Nullable Throwable failure() {
    return failure;
  }
}
