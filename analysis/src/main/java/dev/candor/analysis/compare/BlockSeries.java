package dev.candor.analysis.compare;

import java.util.Arrays;

/** A metric over the time of a run, block by block, to see how far its dependence goes. */
final class BlockSeries {
  private BlockSeries() {}

  /** Means of blocks for a latency; a block that has no sample goes on with the one before. */
  static double[] of(PhaseBlocks run, ComparedMetric.Source source) {
    return switch (source) {
      case ComparedMetric.Quantile quantile -> means(run.latency(quantile.latency()));
      case ComparedMetric.Mean mean -> means(run.latency(mean.latency()));
      case ComparedMetric.Ratio ratio -> run.tally(ratio.of());
    };
  }

  private static double[] means(BlockHistogram latency) {
    double[] means = new double[latency.blocks()];
    Arrays.setAll(means, latency::sum);
    double last = latency.total() == 0 ? 0 : Arrays.stream(means).sum() / latency.total();
    for (int i = 0; i < means.length; i++) {
      last = latency.total(i) == 0 ? last : means[i] / latency.total(i);
      means[i] = last;
    }
    return means;
  }
}
