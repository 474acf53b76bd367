package dev.candor.analysis.compare;

import java.util.List;

/**
 * How runs are compared.
 *
 * @param metrics in their order
 * @param phases names of those that are compared; empty: all
 * @param level the chance that any of all verdicts together is a false alarm
 * @param leastEffect a relative change that is worth a verdict
 * @param leastShare a difference of shares that is
 * @param repetitions of the bootstrap
 */
public record CompareOptions(
    List<ComparedMetric> metrics,
    List<String> phases,
    double level,
    double leastEffect,
    double leastShare,
    int repetitions) {
  public static final double LEVEL = 0.05;
  public static final double LEAST_EFFECT = 0.03;
  public static final double LEAST_SHARE = 0.005;
  public static final int REPETITIONS = 1000;

  public CompareOptions {
    metrics = List.copyOf(metrics);
    phases = List.copyOf(phases);
  }

  /** What holds unless something else is asked for. */
  public static CompareOptions usual() {
    return new CompareOptions(
        ComparedMetric.of(List.of()), List.of(), LEVEL, LEAST_EFFECT, LEAST_SHARE, REPETITIONS);
  }

  double least(ComparedMetric metric) {
    return metric.kind() == ComparedMetric.Kind.SHARE ? leastShare : leastEffect;
  }
}
