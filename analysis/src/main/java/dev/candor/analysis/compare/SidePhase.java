package dev.candor.analysis.compare;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.BlockLength;
import dev.candor.base.stats.OrderStatisticInterval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A phase of one side: its figures as measured, run by run, and in repetitions of it. Values are on
 * the scales of their metrics, not a number where unknown. For one thread.
 */
final class SidePhase {
  /** Stretches may be no longer than this share of the phase: their number is what is known. */
  private static final double LONGEST = 1.0 / 6;

  /** A relative change that bins cannot tell from none. */
  private static final double RESOLUTION = 1.0 / 4096;

  private final List<PhaseBlocks> runs;
  private final List<ComparedMetric> metrics;
  private final Map<String, PooledLatency> latencies = new LinkedHashMap<>();
  private final int stretch;
  private final double[] measured;
  private final long[] samples;
  private final double[][] ofRuns;
  private final double[][] repeated;

  /**
   * @param repetitions of the bootstrap, drawn by {@code seed}
   * @param stretch in blocks, as {@link #stretch} has it
   */
  SidePhase(
      List<PhaseBlocks> runs,
      List<ComparedMetric> metrics,
      int repetitions,
      Seed seed,
      int stretch) {
    this.runs = runs;
    this.metrics = metrics;
    this.stretch = stretch;
    for (ComparedMetric metric : metrics) {
      String latency = latencyOf(metric);
      if (latency != null) {
        var _ =
            latencies.computeIfAbsent(
                latency,
                key -> new PooledLatency(runs.stream().map(run -> run.latency(key)).toList()));
      }
    }
    int[][] once = once();
    addUp(once);
    measured = values(once);
    samples = metrics.stream().mapToLong(this::samplesOf).toArray();
    ofRuns = ofRuns();
    repeated = repeated(repetitions, seed);
  }

  private static @Nullable String latencyOf(ComparedMetric metric) {
    return switch (metric.source()) {
      case ComparedMetric.Quantile quantile -> quantile.latency();
      case ComparedMetric.Mean mean -> mean.latency();
      case ComparedMetric.Ratio ratio -> null;
    };
  }

  /** As long as the series that depends most on its past needs, and no shorter than an answer. */
  static int stretch(List<PhaseBlocks> runs, List<ComparedMetric> metrics) {
    double longest = 1;
    for (PhaseBlocks run : runs) {
      double needed = run.blocksAnAnswer();
      for (ComparedMetric metric : metrics) {
        needed = Math.max(needed, BlockLength.of(BlockSeries.of(run, metric.source())));
      }
      longest = Math.max(longest, Math.min(Math.ceil(needed), run.blocks() * LONGEST));
    }
    return (int) longest;
  }

  private int[][] once() {
    return runs.stream().map(run -> MovingBlocks.measured(run.blocks())).toArray(int[][]::new);
  }

  private void addUp(int[][] weights) {
    latencies.values().forEach(latency -> latency.addUp(weights));
  }

  private double[][] repeated(int repetitions, Seed seed) {
    double[][] values = new double[repetitions][];
    int[][] weights = new int[runs.size()][];
    for (int i = 0; i < repetitions; i++) {
      RandomGenerator random = seed.derive(i).stream();
      for (int run = 0; run < weights.length; run++) {
        int blocks = runs.get(run).blocks();
        weights[run] = new MovingBlocks(blocks, Math.min(stretch, blocks)).draw(random);
      }
      addUp(weights);
      values[i] = values(weights);
    }
    return values;
  }

  private double[][] ofRuns() {
    List<double[]> each = new ArrayList<>();
    for (int run = 0; runs.size() > 1 && run < runs.size(); run++) {
      int[][] weights = runs.stream().map(other -> new int[other.blocks()]).toArray(int[][]::new);
      weights[run] = MovingBlocks.measured(runs.get(run).blocks());
      addUp(weights);
      each.add(values(weights));
    }
    return each.toArray(double[][]::new);
  }

  private double[] values(int[][] weights) {
    double[] values = new double[metrics.size()];
    for (int i = 0; i < values.length; i++) {
      ComparedMetric metric = metrics.get(i);
      double value =
          switch (metric.source()) {
            case ComparedMetric.Quantile quantile ->
                latency(quantile.latency()).quantile(quantile.q());
            case ComparedMetric.Mean mean -> latency(mean.latency()).mean();
            case ComparedMetric.Ratio ratio ->
                knows(ratio) ? sum(ratio.of(), weights) / sum(ratio.by(), weights) : Double.NaN;
          };
      values[i] = metric.scaled(value);
    }
    return values;
  }

  private PooledLatency latency(String key) {
    return Objects.requireNonNull(latencies.get(key));
  }

  private boolean knows(ComparedMetric.Ratio ratio) {
    return runs.stream().allMatch(run -> run.knows(ratio.of()) && run.knows(ratio.by()));
  }

  private double sum(Tally tally, int[][] weights) {
    double sum = 0;
    for (int run = 0; run < weights.length; run++) {
      double[] each = runs.get(run).tally(tally);
      for (int block = 0; block < each.length; block++) {
        sum += weights[run][block] * each[block];
      }
    }
    return sum;
  }

  private long samplesOf(ComparedMetric metric) {
    String latency = latencyOf(metric);
    return latency == null
        ? Math.round(
            sum(
                metric.source().equals(new ComparedMetric.Ratio(Tally.TOKENS, Tally.SECONDS))
                    ? Tally.TOKENS
                    : Tally.REQUESTS,
                once()))
        : latency(latency).total();
  }

  /** Whether the figure is known, and of enough samples for what it is. */
  boolean knows(int metric) {
    return !Double.isNaN(measured[metric])
        && !(metrics.get(metric).source() instanceof ComparedMetric.Quantile quantile
            && !OrderStatisticInterval.isKnowable(samples[metric], quantile.q()));
  }

  double measured(int metric) {
    return measured[metric];
  }

  long samples(int metric) {
    return samples[metric];
  }

  double repeated(int repetition, int metric) {
    double value = repeated[repetition][metric];
    // A repetition that drew none of the few blocks with samples says nothing.
    return Double.isNaN(value) ? measured[metric] : value;
  }

  /** Of each run by itself; empty where there is but one. */
  double[] ofRuns(int metric) {
    double[] values = new double[ofRuns.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = ofRuns[i][metric];
    }
    return values;
  }

  int repetitions() {
    return repeated.length;
  }

  int runs() {
    return runs.size();
  }

  /** Stretches that the side has, all its runs together: what its variance is known from. */
  double stretches() {
    double stretches = 0;
    for (PhaseBlocks run : runs) {
      stretches += (double) run.blocks() / Math.min(stretch, run.blocks());
    }
    return stretches;
  }

  /** The variance of the figure as measured, from what varies within its runs. */
  double variance(int metric) {
    return variance(i -> repeated(i, metric)) + least(metric);
  }

  /**
   * The variance of the figure's difference from {@code other}, whose repetitions are of the same
   * time as those of this side: what both have in common is in neither.
   */
  double varianceOfDifference(SidePhase other, int metric) {
    return variance(i -> repeated(i, metric) - other.repeated(i, metric))
        + least(metric)
        + other.least(metric);
  }

  private double variance(IntToDoubleFunction repeatedly) {
    double mean = 0;
    for (int i = 0; i < repeated.length; i++) {
      mean += repeatedly.applyAsDouble(i) / repeated.length;
    }
    double sum = 0;
    for (int i = 0; i < repeated.length; i++) {
      sum += Math.pow(repeatedly.applyAsDouble(i) - mean, 2);
    }
    double perRun = stretches() / runs.size();
    return sum / (repeated.length - 1) * perRun / (perRun - 1);
  }

  /**
   * What a variance never is below: of a share that of one half more in its count, so that none of
   * few is not none of many; of others what bins cannot tell.
   */
  private double least(int metric) {
    return switch (metrics.get(metric).kind()) {
      case TIME, RATE, MONEY -> RESOLUTION * RESOLUTION;
      case SHARE -> {
        double n = samples[metric];
        double share = (measured[metric] * n + 0.5) / (n + 1);
        double nearest = Math.min(share, 1 - share);
        yield nearest <= 1 / (n + 1) ? nearest * (1 - nearest) / n : 0;
      }
    };
  }
}
