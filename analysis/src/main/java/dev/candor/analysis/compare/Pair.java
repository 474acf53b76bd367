package dev.candor.analysis.compare;

import dev.candor.base.stats.LargestDeviation;
import dev.candor.base.stats.StudentScore;
import org.jspecify.annotations.Nullable;

/** A figure of both sides: how much it differs, and how well that is known. */
final class Pair {
  /*
   * The difference d of two figures on their scale (logarithms; shares as they are) has the variance
   *
   *   V = V(base) + V(side) + B · (1/R(base) + 1/R(side)),
   *
   * V(·) what varies within a side's runs, by the bootstrap, over k stretches of time, k/(k−1)
   * times as much as its repetitions show. B is what runs of the same differ by beyond that, pooled
   * over both sides where either has several runs: s² − the mean variance within a run, 0 at least.
   * Where both were asked the same at the same instants, V(base) + V(side) is the variance of the
   * difference of repetitions of the same time, which leaves out what both have in common.
   * V is estimated, with the degrees of freedom of Welch and Satterthwaite; so t = d/√V is brought
   * to the normal score of the same tail, and that is set against the largest deviations of all
   * pairs in the repetitions.
   */
  private static final double SURE = 1e-300;

  private final ComparedMetric metric;
  private final SidePhase base;
  private final SidePhase side;
  private final int index;
  private final double difference;
  private final double within;
  private final double between;
  private final double freedom;
  private final double spread;

  /**
   * @param shared whether the repetitions of both sides are of the same time, of one run each
   */
  Pair(ComparedMetric metric, int index, SidePhase base, SidePhase side, boolean shared) {
    this.metric = metric;
    this.index = index;
    this.base = base;
    this.side = side;
    difference = side.measured(index) - base.measured(index);
    if (shared) {
      within = side.varianceOfDifference(base, index);
      between = 0;
      freedom = Math.max(1, side.stretches() - 1);
      spread = spread();
      return;
    }
    double baseWithin = base.variance(index);
    double sideWithin = side.variance(index);
    within = baseWithin + sideWithin;
    int runsFreedom = base.runs() + side.runs() - 2;
    between =
        runsFreedom == 0
            ? 0
            : beyond(runsFreedom, baseWithin, sideWithin) * (1.0 / base.runs() + 1.0 / side.runs());
    double total = within + between;
    double inverse =
        sq(baseWithin / total) / Math.max(1, base.stretches() - base.runs())
            + sq(sideWithin / total) / Math.max(1, side.stretches() - side.runs())
            + (runsFreedom == 0 ? 0 : sq(between / total) / runsFreedom);
    freedom = 1 / inverse;
    spread = spread();
  }

  private static double sq(double value) {
    return value * value;
  }

  /** What runs of the same differ by, beyond what varies within each. */
  private double beyond(int runsFreedom, double baseWithin, double sideWithin) {
    double seen = (squares(base.ofRuns(index)) + squares(side.ofRuns(index))) / runsFreedom;
    double ofRuns =
        (baseWithin * base.runs() * base.runs() + sideWithin * side.runs() * side.runs())
            / (base.runs() + side.runs());
    return Double.isNaN(seen) ? 0 : Math.max(0, seen - ofRuns);
  }

  private static double squares(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double sum = 0;
    for (double value : values) {
      sum += sq(value - mean);
    }
    return sum;
  }

  private double repeated(int repetition) {
    return side.repeated(repetition, index) - base.repeated(repetition, index) - difference;
  }

  /** The standard deviation of the repetitions. */
  private double spread() {
    double sum = 0;
    int many = base.repetitions();
    for (int i = 0; i < many; i++) {
      sum += sq(repeated(i));
    }
    return Math.sqrt(sum / many);
  }

  /** How far the repetition is from what was measured, in standard deviations. */
  double deviation(int repetition) {
    return spread < SURE ? 0 : repeated(repetition) / spread;
  }

  RunComparison.Change judged(LargestDeviation all, CompareOptions options) {
    double error = Math.sqrt(within + between);
    double z = StudentScore.toNormal(Math.abs(difference) / error, freedom);
    double p = all.probability(z);
    double reach = StudentScore.fromNormal(all.critical(options.level()), freedom) * error;
    double low = metric.change(difference - reach);
    double high = metric.change(difference + reach);
    double change = metric.change(difference);
    double least = options.least(metric);
    RunComparison.Verdict verdict = verdict(change, low, high, least);
    return new RunComparison.Change(
        metric,
        base.samples(index),
        side.samples(index),
        unscaled(base.measured(index)),
        unscaled(side.measured(index)),
        change,
        low,
        high,
        p,
        verdict,
        verdict == RunComparison.Verdict.UNDECIDED ? needed(reach, least) : null);
  }

  private RunComparison.Verdict verdict(double change, double low, double high, double least) {
    if (low > -least && high < least) {
      return RunComparison.Verdict.SAME;
    }
    if ((low <= 0 && high >= 0) || Math.abs(change) < least) {
      return RunComparison.Verdict.UNDECIDED;
    }
    return (change < 0) == metric.lessIsBetter()
        ? RunComparison.Verdict.BETTER
        : RunComparison.Verdict.WORSE;
  }

  /** What it takes where the change is as it was measured: the interval shrinks by the root. */
  private RunComparison.@Nullable Needed needed(double reach, double least) {
    double bound = metric.kind() == ComparedMetric.Kind.SHARE ? least : Math.log1p(least);
    double away = Math.abs(difference);
    double target = away >= bound ? away : bound - away;
    double times = sq(reach / target);
    if (!(times < MOST_TIMES)) {
      return null;
    }
    return between > within
        ? new RunComparison.Needed(
            times, null, (long) Math.ceil(times * Math.max(base.runs(), side.runs())))
        : new RunComparison.Needed(
            times,
            (long) Math.ceil(times * Math.max(base.samples(index), side.samples(index))),
            null);
  }

  /** More than so many times the samples is no advice. */
  private static final double MOST_TIMES = 1000;

  private double unscaled(double value) {
    return metric.kind() == ComparedMetric.Kind.SHARE ? value : Math.exp(value);
  }

  /** Of a figure that one of the sides lacks. */
  static RunComparison.Change unknown(
      ComparedMetric metric, int index, SidePhase base, SidePhase side) {
    return new RunComparison.Change(
        metric,
        base.samples(index),
        side.samples(index),
        known(metric, index, base),
        known(metric, index, side),
        null,
        null,
        null,
        null,
        RunComparison.Verdict.UNKNOWN,
        null);
  }

  private static @Nullable Double known(ComparedMetric metric, int index, SidePhase side) {
    if (!side.knows(index)) {
      return null;
    }
    double value = side.measured(index);
    return metric.kind() == ComparedMetric.Kind.SHARE ? value : Math.exp(value);
  }
}
