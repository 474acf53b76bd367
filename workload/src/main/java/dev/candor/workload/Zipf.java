package dev.candor.workload;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Draws one of {@code count} things, the i-th (from 1) with a probability that goes by 1 / i^skew.
 * <b>Safe for use by several threads.</b>
 */
final class Zipf {
  private static final int TRIES = 32;

  private final int count;

  /** Running sums, none where all are alike. */
  private final double[] sums;

  Zipf(int count, double skew) {
    this.count = count;
    this.sums = new double[skew == 0 ? 0 : count];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += StrictMath.pow(i + 1, -skew);
      sums[i] = sum;
    }
  }

  int count() {
    return count;
  }

  /** An index from 0. */
  int draw(RandomGenerator random) {
    if (sums.length == 0) {
      return random.nextInt(count);
    }
    int at = Arrays.binarySearch(sums, random.nextDouble() * sums[count - 1]);
    return Math.min(at >= 0 ? at + 1 : -at - 1, count - 1);
  }

  /** {@code wanted} different indices, at most all of them, in the order in which they came. */
  Set<Integer> drawDistinct(int wanted, RandomGenerator random) {
    Set<Integer> drawn = new LinkedHashSet<>();
    // The rare ones of a steep law hardly ever come: what is missing then is taken from the front.
    for (long tries = 0; drawn.size() < wanted && tries < TRIES * (long) wanted; tries++) {
      drawn.add(draw(random));
    }
    for (int i = 0; drawn.size() < wanted; i++) {
      drawn.add(i);
    }
    return drawn;
  }
}
