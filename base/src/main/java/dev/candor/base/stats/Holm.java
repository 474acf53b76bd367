package dev.candor.base.stats;

import java.util.stream.IntStream;

/**
 * Many tests of one run, corrected so that 5 % is the chance that any of them is wrong: Holm, "A
 * simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6,
 * 1979. The tests may depend on each other in any way.
 */
public final class Holm {
  private Holm() {}

  /** Each p-value as it must be set against a level for all of them together; never above 1. */
  public static double[] adjusted(double[] p) {
    int[] order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted((a, b) -> Double.compare(p[a], p[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[p.length];
    double least = 0;
    for (int rank = 0; rank < order.length; rank++) {
      least = Math.max(least, Math.min(1, (p.length - rank) * p[order[rank]]));
      adjusted[order[rank]] = least;
    }
    return adjusted;
  }
}
