package dev.candor.telemetry.figures;

import java.util.Map;

/** A value of a family, by its labels, in the order of their names. */
public sealed interface Sample {
  Map<String, String> labels();

  /** A counter's or a gauge's. */
  record Plain(Map<String, String> labels, double value) implements Sample {}

  /**
   * A histogram's.
   *
   * @param boundsSeconds upper bounds, which belong to their buckets, in rising order
   * @param counts of each bucket by itself, and of all above the last bound
   * @param sumSeconds of all values
   */
  record Buckets(
      Map<String, String> labels, double[] boundsSeconds, long[] counts, double sumSeconds)
      implements Sample {

    public long count() {
      long count = 0;
      for (long each : counts) {
        count += each;
      }
      return count;
    }
  }
}
