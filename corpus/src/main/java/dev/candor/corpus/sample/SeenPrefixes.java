package dev.candor.corpus.sample;

import dev.candor.base.random.Seed;
import dev.candor.corpus.CorpusRow;

/**
 * Which blocks came before, in 16 MiB: of many millions, some that did not are taken for some that
 * did (B. Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970; one hash).
 * <b>For one thread.</b>
 */
final class SeenPrefixes {
  private static final int BITS = 1 << 27;

  private final long[] words = new long[BITS / Long.SIZE];

  /** Tokens of {@code row}'s prompt that an earlier one had too; it counts as seen from now on. */
  int add(CorpusRow row) {
    long[] blocks = row.blocks();
    int leading = 0;
    boolean stillSeen = true;
    for (long block : blocks) {
      int bit = (int) (Seed.mixed(block) >>> 32) & (BITS - 1);
      long mask = 1L << bit;
      stillSeen &= (words[bit / Long.SIZE] & mask) != 0;
      leading += stillSeen ? 1 : 0;
      words[bit / Long.SIZE] |= mask;
    }
    return (int) Math.min(row.inputTokens(), (long) leading * row.blockTokens());
  }
}
