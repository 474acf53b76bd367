package dev.candor.load.transport;

import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The writer's store of what unfinished attempts have handed over: blocks up to a budget, beyond it
 * a file. For the writer's thread.
 */
final class TraceStore implements AutoCloseable {
  private static final int MOST_SCRATCH = 1 << 20;

  private final int mostKept;
  private final @Nullable Path spillPath;
  private @Nullable SpillFile spill;
  private int kept;
  private byte[] scratch = new byte[16 * TraceBlock.SIZE];
  private int length;

  /**
   * @param mostKept blocks to keep in memory
   * @param spillPath where further ones go; null: nowhere, all are kept
   */
  TraceStore(int mostKept, @Nullable Path spillPath) {
    this.mostKept = mostKept;
    this.spillPath = spillPath;
  }

  /** Blocks in memory. */
  int kept() {
    return kept;
  }

  /** Blocks on disk. */
  int spilled() {
    return spill == null ? 0 : spill.used();
  }

  /** Takes a block that an attempt has filled. */
  void keep(TraceBlock block) {
    AttemptTrace trace = AttemptTrace.of(block);
    trace.keep(block);
    kept++;
    if (kept > mostKept && spillPath != null) {
      spill(trace, spillPath);
    }
  }

  private void spill(AttemptTrace trace, Path path) {
    SpillFile file = spill;
    if (file == null) {
      file = new SpillFile(path);
      spill = file;
    }
    for (TraceBlock block = trace.firstKept; block != null; ) {
      TraceBlock next = block.next;
      if (trace.slots.length == trace.slotCount) {
        trace.slots = Arrays.copyOf(trace.slots, Math.max(8, 2 * trace.slotCount));
      }
      trace.slots[trace.slotCount++] = file.write(block);
      kept--;
      trace.giveBack(block);
      block = next;
    }
    trace.firstKept = null;
    trace.lastKept = null;
  }

  /** The whole timeline of an ended attempt, {@link #length} bytes of it; its blocks go back. */
  byte[] collect(AttemptTrace trace) {
    int most = (trace.slotCount + trace.blocksKept() + 1) * TraceBlock.SIZE;
    if (scratch.length < most) {
      scratch = new byte[most];
    } else if (scratch.length > MOST_SCRATCH && most <= MOST_SCRATCH) {
      scratch = new byte[MOST_SCRATCH];
    }
    length = 0;
    SpillFile file = spill;
    for (int i = 0; i < trace.slotCount && file != null; i++) {
      length = file.read(trace.slots[i], scratch, length);
      file.free(trace.slots[i]);
    }
    trace.slotCount = 0;
    trace.slots = AttemptTrace.NO_SLOTS;
    for (TraceBlock block = trace.firstKept; block != null; ) {
      TraceBlock next = block.next;
      append(block);
      kept--;
      trace.giveBack(block);
      block = next;
    }
    trace.firstKept = null;
    trace.lastKept = null;
    TraceBlock last = trace.takeUnfilled();
    if (last != null) {
      append(last);
      trace.recycle(last);
    }
    return scratch;
  }

  int length() {
    return length;
  }

  private void append(TraceBlock block) {
    System.arraycopy(block.bytes, 0, scratch, length, block.length);
    length += block.length;
  }

  @Override
  public void close() {
    if (spill != null) {
      spill.close();
    }
  }
}
