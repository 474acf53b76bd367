package dev.candor.corpus.sample;

import dev.candor.base.random.Seed;

/**
 * How many sessions begin with which blocks, about, in 16 MiB: two blocks may share a counter,
 * which then says more. <b>For one thread.</b>
 */
final class PrefixSketch {
  private static final int COUNTERS = 1 << 22;

  private final int[] counters = new int[COUNTERS];

  /** Counts a session by its first prompt. */
  void add(long[] blocks) {
    for (int depth = 0; depth < blocks.length; depth = deeper(depth)) {
      counters[counter(blocks[depth])]++;
    }
  }

  /**
   * Depth of the first block that at most {@code most} sessions have, so that those can be kept or
   * left together; −1 where all of them are shared by more.
   */
  int depth(long[] blocks, int most) {
    for (int depth = 0; depth < blocks.length; depth = deeper(depth)) {
      if (counters[counter(blocks[depth])] <= most) {
        return depth;
      }
    }
    return -1;
  }

  // 0, 1, 2, 4, 8, …: a counter a depth would be too many for long prompts.
  private static int deeper(int depth) {
    return depth == 0 ? 1 : 2 * depth;
  }

  private static int counter(long block) {
    return (int) (Seed.mixed(block) >>> 40) & (COUNTERS - 1);
  }
}
