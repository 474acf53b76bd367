package dev.candor.corpus.sample;

import java.util.Arrays;

/**
 * Units in an order in which neighbours are alike: by how many requests they have, then by their
 * prompts' length in as many layers as the sample has a square root, then by their answers' length,
 * up in one layer and down in the next. Every k-th of them is a sample stratified by all three.
 */
final class Strata {
  private Strata() {}

  static int[] order(Units units, int sampled) {
    int count = units.count();
    int layers = Math.max(1, (int) Math.sqrt(sampled));
    int[] byInput = Units.ranked(units.means(units.input()), count);
    int[] byOutput = Units.ranked(units.means(units.output()), count);
    int[] sizes = units.sizes();
    int[] layer = new int[count];
    for (int rank = 0; rank < count; rank++) {
      layer[byInput[rank]] = (int) ((long) rank * layers / count);
    }
    long[] keys = new long[count];
    for (int rank = 0; rank < count; rank++) {
      int unit = byOutput[rank];
      long size = 31 - Integer.numberOfLeadingZeros(sizes[unit]);
      long way = layer[unit] % 2 == 0 ? rank : Integer.MAX_VALUE - rank;
      keys[rank] = size << 57 | (long) layer[unit] << 31 | way;
    }
    Arrays.sort(keys);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int way = (int) (keys[i] & Integer.MAX_VALUE);
      boolean up = (keys[i] >>> 31 & 1) == 0;
      order[i] = byOutput[up ? way : Integer.MAX_VALUE - way];
    }
    return order;
  }
}
