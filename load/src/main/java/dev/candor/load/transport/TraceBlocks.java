package dev.candor.load.transport;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jctools.queues.SpscArrayQueue;

/**
 * A loop's stock of blocks. <b>{@link #take} and {@link #handOver} are the loop's, {@link
 * #giveBack} is the writer's.</b>
 */
public final class TraceBlocks {
  /** Beyond it, blocks that come back are left to the garbage collector. */
  private static final int MOST_SPARE = 1 << 15;

  private final SpscArrayQueue<TraceBlock> spare = new SpscArrayQueue<>(MOST_SPARE);
  private final AtomicLong givenBack = new AtomicLong();
  private final Predicate<TraceBlock> writer;
  private final long mostHandedOver;
  private long handedOver;

  /**
   * @param mostHandedOver how many full blocks may be with the writer at a time
   * @param writer takes a full block without blocking, or says that it cannot
   */
  public TraceBlocks(long mostHandedOver, Predicate<TraceBlock> writer) {
    this.mostHandedOver = mostHandedOver;
    this.writer = writer;
  }

  /** An empty block. */
  TraceBlock take() {
    TraceBlock block = spare.poll();
    return block == null ? new TraceBlock() : block;
  }

  /** Hands a full block to the writer, unless that is so far behind that it must not have more. */
  boolean handOver(TraceBlock block, AttemptTrace trace) {
    if (handedOver - givenBack.getAcquire() >= mostHandedOver) {
      return false;
    }
    block.trace = trace;
    if (!writer.test(block)) {
      return false;
    }
    handedOver++;
    return true;
  }

  /** A handed over block has been read. */
  public void giveBack(TraceBlock block) {
    givenBack.setRelease(givenBack.getPlain() + 1);
    recycle(block);
  }

  /** The block of an ended attempt that was never full: no part of what was handed over. */
  void recycle(TraceBlock block) {
    block.length = 0;
    block.trace = null;
    block.next = null;
    spare.offer(block);
  }
}
