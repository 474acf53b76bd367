package dev.candor.corpus.shape;

import dev.candor.corpus.CorpusRow;

/**
 * One request as far as its traffic is described: of a corpus, a run, or one that a scenario would
 * send.
 *
 * @param turn number of the request in its session, from 0
 * @param atNanos arrival, since an instant that all share; {@link #NONE} where unknown
 * @param endNanos when its answer was complete, on the same clock; {@link #NONE} where unknown
 * @param thinkNanos from the end of the answers that it waited for to its arrival; {@link #NONE}
 *     where unknown or where it begins its session
 * @param inputTokens of the whole prompt, at least 1
 * @param outputTokens of the answer; {@link #NONE} where unknown
 * @param blockTokens tokens in each of {@code blocks}; 0 where there are none
 * @param blocks as in {@link CorpusRow#blocks()}
 * @param idealCachedTokens of the prompt, that an unbounded cache would have; {@link #NONE} where
 *     it is to be found from the blocks
 */
public record RequestShape(
    int turn,
    long atNanos,
    long endNanos,
    long thinkNanos,
    int inputTokens,
    int outputTokens,
    int blockTokens,
    long[] blocks,
    int idealCachedTokens) {

  /** What nobody knows. */
  public static final int NONE = CorpusRow.NONE;

  private static final long[] NO_BLOCKS = new long[0];

  /** A request without blocks. */
  public static RequestShape withoutBlocks(
      int turn,
      long atNanos,
      long endNanos,
      long thinkNanos,
      int inputTokens,
      int outputTokens,
      int idealCachedTokens) {
    return new RequestShape(
        turn,
        atNanos,
        endNanos,
        thinkNanos,
        inputTokens,
        outputTokens,
        0,
        NO_BLOCKS,
        idealCachedTokens);
  }

  /** {@code row} without its texts. */
  public static RequestShape of(CorpusRow row) {
    return new RequestShape(
        row.turn(),
        row.atNanos(),
        NONE,
        row.turn() == 0 ? NONE : row.waitNanos(),
        row.inputTokens(),
        row.outputTokens(),
        row.blockTokens(),
        row.blocks(),
        NONE);
  }

  /** This with its end where that is unknown: so long after its arrival for every output token. */
  public RequestShape withAssumedEnd(long nanosPerToken) {
    if (endNanos != NONE || atNanos == NONE || outputTokens == NONE) {
      return this;
    }
    return new RequestShape(
        turn,
        atNanos,
        atNanos + nanosPerToken * outputTokens,
        thinkNanos,
        inputTokens,
        outputTokens,
        blockTokens,
        blocks,
        idealCachedTokens);
  }

  /** Tokens in block {@code index}: the last one may be cut short by the prompt's end. */
  int tokensIn(int index) {
    return Math.clamp(inputTokens - (long) index * blockTokens, 0, blockTokens);
  }
}
