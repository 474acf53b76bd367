package dev.candor.analysis.foreign;

/** Samples of one metric, and what a tool says of them. Not defined where there is no sample. */
interface Distribution {
  Moments moments();

  /** Samples, or the sum of their weights. */
  default long count() {
    return Math.round(moments().weight());
  }

  default double mean() {
    return moments().mean();
  }

  default double min() {
    return moments().min();
  }

  default double max() {
    return moments().max();
  }

  /**
   * Standard deviation.
   *
   * @param lost degrees of freedom lost: 0 of the population, 1 of a sample
   */
  default double std(int lost) {
    return moments().std(lost);
  }

  /** The value below which the share {@code q} of the samples lies, as the tool counts it. */
  double quantile(double q);
}
