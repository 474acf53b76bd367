package dev.candor.corpus.read;

import org.jspecify.annotations.Nullable;

/** How a request says which conversation it is of. Ids of the source end here: none is stored. */
public sealed interface Link {

  /** It stands alone. */
  record Alone() implements Link {}

  /** It is of the conversation {@code session}; times say after which of its requests it comes. */
  record Session(String session) implements Link {}

  /** It follows the request {@code parent}, or begins a conversation where that is null. */
  record Parent(String id, @Nullable String parent) implements Link {}

  /**
   * It is half of a request: what was asked, or what was answered to it, as {@code answer} says.
   * The halves of one request have the same id.
   */
  record Half(String id, boolean answer) implements Link {}

  /** It follows the request whose messages it repeats, if any. */
  record History() implements Link {}

  /**
   * It is of the conversation that its record is, whose requests all come in one go.
   *
   * @param turn from 0
   * @param after turns that must be answered before it
   * @param waitNanos from there to its start; {@link SourceRequest#UNKNOWN} where unknown
   */
  record Turn(int turn, int[] after, long waitNanos) implements Link {}
}
