package dev.candor.analysis.compare;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws a run's time anew, stretch by stretch (the circular block bootstrap: Politis and Romano, "A
 * circular block-resampling procedure for stationary data", 1992): what follows each other stays
 * together, so that the repetitions vary as much as runs whose requests depend on their neighbours.
 *
 * @param length of a stretch, in blocks of time
 */
record MovingBlocks(int blocks, int length) {

  /** How often each block is drawn; as many in all as there are. */
  int[] draw(RandomGenerator random) {
    int[] weights = new int[blocks];
    for (int drawn = 0; drawn < blocks; drawn += length) {
      int from = random.nextInt(blocks);
      int many = Math.min(length, blocks - drawn);
      for (int i = 0; i < many; i++) {
        weights[(from + i) % blocks]++;
      }
    }
    return weights;
  }

  /** Each block once: what was measured. */
  static int[] measured(int blocks) {
    int[] weights = new int[blocks];
    Arrays.fill(weights, 1);
    return weights;
  }
}
