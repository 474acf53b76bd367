package dev.candor.base.stats;

import java.util.Arrays;

/** The middle of a sample and its robust spread. Pure functions. */
public final class Median {
  /** What makes the MAD of normal values their standard deviation: 1/Φ⁻¹(3/4). */
  private static final double MAD_TO_SIGMA = 1.482602218505602;

  private Median() {}

  /** The median of one or more values, of an even number the mean of the two in the middle. */
  public static double of(double[] values) {
    return ofScratch(values.clone());
  }

  /**
   * A robust standard deviation: 1.4826 times the median distance from the median (MAD; Rousseeuw
   * and Croux, "Alternatives to the median absolute deviation", JASA 88, 1993). 0 where most values
   * are equal.
   */
  public static double spread(double[] values) {
    double middle = of(values);
    double[] distances = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      distances[i] = Math.abs(values[i] - middle);
    }
    return MAD_TO_SIGMA * ofScratch(distances);
  }

  /** The same as {@link #of}; the values' order is lost. */
  static double ofScratch(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    int high = values.length / 2;
    double upper = select(values, high);
    if (values.length % 2 == 1) {
      return upper;
    }
    // selection has left all that is no larger before it
    double lower = Arrays.stream(values, 0, high).max().orElse(upper);
    return lower + (upper - lower) / 2;
  }

  /**
   * The value of 0-based rank {@code rank}; values are reordered so that none before it is larger
   * and none behind it is smaller (Hoare's FIND, CACM 4(7), 1961).
   */
  static double select(double[] values, int rank) {
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      double pivot = values[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double swapped = values[i];
          values[i++] = values[j];
          values[j--] = swapped;
        }
      }
      if (rank <= j) {
        high = j;
      } else if (rank >= i) {
        low = i;
      } else {
        break;
      }
    }
    return values[rank];
  }
}
