package dev.candor.analysis.foreign;

import java.util.function.ToDoubleFunction;

/** A statistic under a tool's name for it. */
record Stat(String name, ToDoubleFunction<Distribution> function) {

  static Stat mean(String name) {
    return new Stat(name, Distribution::mean);
  }

  static Stat min() {
    return new Stat("min", Distribution::min);
  }

  static Stat max() {
    return new Stat("max", Distribution::max);
  }

  /**
   * @param lost degrees of freedom lost: 0 as numpy has it, 1 as pandas has it
   */
  static Stat std(String name, int lost) {
    return new Stat(name, samples -> samples.std(lost));
  }

  /** The tool's own kind of quantile, whichever its distribution has. */
  static Stat quantile(String name, double q) {
    return new Stat(name, samples -> samples.quantile(q));
  }

  double of(Distribution samples) {
    return function.applyAsDouble(samples);
  }
}
