package dev.candor.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A request inside an engine. */
final class Sequence {
  private static final int[] NONE = {};

  final EngineRequest request;

  /** When the scheduler may see it. */
  final long visibleNanos;

  /** Output tokens told so far. */
  int produced;

  /** Leading tokens whose KV is in the cache; those of the step under way are not counted. */
  int computed;

  /** Tokens that the step under way computes. */
  int chunk;

  /** Its blocks in order, {@link #blockCount} of them. */
  int[] blocks = NONE;

  int blockCount;

  /** Leading blocks that were offered to the prefix cache. */
  int offeredBlocks;

  boolean scheduledBefore;
  boolean cancelled;

  /** The queue that it waits in, null while it runs. */
  @Nullable SequenceQueue queue;

  @Nullable Sequence previous;
  @Nullable Sequence next;

  Sequence(EngineRequest request, long visibleNanos) {
    this.request = request;
    this.visibleNanos = visibleNanos;
  }

  /** Tokens that exist: the prompt and what was produced. */
  int known() {
    return request.promptTokens() + produced;
  }

  /** Tokens that exist and are not computed. */
  int remaining() {
    return known() - computed;
  }

  void addBlock(int block) {
    if (blockCount == blocks.length) {
      blocks = Arrays.copyOf(blocks, Math.max(8, blockCount * 2));
    }
    blocks[blockCount++] = block;
  }
}
