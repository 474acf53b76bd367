package dev.candor.analysis.foreign;

/** Samples of one metric, and what a tool says of them. Not defined where there is no sample. */
interface Distribution {
  /** Samples, or the sum of their weights. */
  long count();

  double mean();

  double min();

  double max();

  /**
   * Standard deviation.
   *
   * @param lost degrees of freedom lost: 0 of the population, 1 of a sample
   */
  double std(int lost);

  /** The value below which the share {@code q} of the samples lies, as the tool counts it. */
  double quantile(double q);
}
