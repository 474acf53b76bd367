package dev.candor.base.stats;

import java.util.Arrays;

/**
 * Many figures judged together, by the distribution of the largest deviation among them: the
 * single-step max-T of Westfall and Young (Resampling-Based Multiple Testing, Wiley 1993). Unlike
 * {@link Holm} it knows how the figures go together: ten that say the same cost as much as one.
 */
public final class LargestDeviation {
  private final double[] largest;

  /**
   * @param deviations of every figure in every repetition, in its own standard deviations: a row a
   *     repetition
   */
  public LargestDeviation(double[][] deviations) {
    largest = new double[deviations.length];
    for (int i = 0; i < largest.length; i++) {
      for (double each : deviations[i]) {
        largest[i] = Math.max(largest[i], Math.abs(each));
      }
    }
    Arrays.sort(largest);
  }

  /** Beyond which the largest deviation is by chance with probability {@code level}. */
  public double critical(double level) {
    int index = (int) Math.ceil((1 - level) * (largest.length + 1)) - 1;
    return largest[Math.clamp(index, 0, largest.length - 1)];
  }

  /** How probable it is that any figure deviates by {@code z} or more by chance. */
  public double probability(double z) {
    int below = Arrays.binarySearch(largest, z);
    int from = below < 0 ? -below - 1 : below;
    while (from > 0 && largest[from - 1] >= z) {
      from--;
    }
    return (largest.length - from + 1.0) / (largest.length + 1);
  }
}
