package dev.candor.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A request inside an engine. */
final class Sequence {
  private static final int[] NONE = {};

  final EngineRequest request;

  /** When the scheduler may see it. */
  final long visibleNanos;

  /** Its place among those that run: later ones have higher numbers. */
  long order;

  /** Output tokens that it has; not kept up while it is among {@link Decoding}. */
  int produced;

  /** Output tokens told so far. */
  int told;

  /**
   * The number of the step that gave a token, minus the token's index: the same for all those that
   * are not told yet.
   */
  long tokenToStep;

  /**
   * Leading tokens whose KV is in the cache; those of the step under way are not counted. Not kept
   * up while it is among {@link Decoding}.
   */
  int computed;

  /** Tokens that the step under way computes. */
  int chunk;

  /** Blocks that it has; not kept up while it is among {@link Decoding}. */
  int blockCount;

  /** Entries of the leading blocks that can be found, {@link #entryCount} of them. */
  int[] entries = NONE;

  int entryCount;

  /** Whether it is among {@link Decoding}. */
  boolean decoding;

  /** Where it stands in an {@link AlarmHeap}. */
  int heapIndex;

  @Nullable Sequence ringPrevious;
  @Nullable Sequence ringNext;

  boolean scheduledBefore;
  boolean cancelled;

  /** The queue that it waits or runs in. */
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

  void addEntry(int entry) {
    if (entryCount == entries.length) {
      entries = Arrays.copyOf(entries, Math.max(8, entryCount * 2));
    }
    entries[entryCount++] = entry;
  }
}
