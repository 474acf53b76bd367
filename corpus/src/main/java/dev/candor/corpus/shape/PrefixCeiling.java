package dev.candor.corpus.shape;

/**
 * The best possible cache hit rate by block: of all input tokens, those in leading blocks that an
 * earlier request had too, whatever room that takes. <b>For one thread.</b>
 */
final class PrefixCeiling {
  /*
   * An id stands for all blocks before it too, so whoever has seen it has seen those: the leading
   * seen blocks of a prompt are its seen ones. What is seen is all that comes less what comes first, which
   * is a count of distinct ids and needs no order.
   */

  /** What counts as a hit. */
  enum Rule {
    /** Every block, the last one as far as the prompt fills it. */
    EVERY_TOKEN,
    /**
     * vLLM's: whole blocks alone, and none that ends the prompt, as its last token must be computed
     * to tell the next (docs/engine.md).
     */
    WHOLE_BLOCKS
  }

  private final Rule rule;
  private final SeenBlocks seen;
  private long inputTokens;
  private long tokensInBlocks;
  private long idealTokens;
  private boolean known;

  PrefixCeiling(Rule rule) {
    this(rule, new SeenBlocks());
  }

  PrefixCeiling(Rule rule, SeenBlocks seen) {
    this.rule = rule;
    this.seen = seen;
  }

  void add(RequestShape request) {
    inputTokens += request.inputTokens();
    if (request.idealCachedTokens() != RequestShape.NONE) {
      idealTokens += request.idealCachedTokens();
      known = true;
      return;
    }
    if (request.blockTokens() == 0) {
      return;
    }
    known = true;
    long[] blocks = request.blocks();
    for (int i = 0; i < blocks.length; i++) {
      int tokens = request.tokensIn(i);
      switch (rule) {
        case EVERY_TOKEN -> count(blocks[i], tokens);
        case WHOLE_BLOCKS -> {
          if (tokens == request.blockTokens()) {
            boolean endsPrompt = (i + 1L) * tokens == request.inputTokens();
            count(blocks[i], endsPrompt ? 0 : tokens);
          }
        }
      }
    }
  }

  private void count(long id, int tokens) {
    tokensInBlocks += tokens;
    seen.add(id, tokens);
  }

  /** Whether any request said what it shares. */
  boolean known() {
    return known;
  }

  /** The share, from 0 to 1. */
  double rate() {
    double hits = tokensInBlocks - seen.firstTokens() + idealTokens;
    return Math.max(0, hits / inputTokens);
  }

  boolean exact() {
    return seen.exact();
  }
}
