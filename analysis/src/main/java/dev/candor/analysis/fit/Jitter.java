package dev.candor.analysis.fit;

import dev.candor.base.stats.RobustRegression;
import java.util.ArrayList;
import java.util.List;

/**
 * The spread of step times around the formula: an engine's own, told apart from the client's.
 *
 * @param value standard deviation of the logarithm of a step's factor
 */
record Jitter(double value, double standardError) {
  /*
   * A step's time is measured from one instant of the client to the next. An error of such an
   * instant makes one step longer and the next shorter, so that it vanishes in the sum of steps that
   * follow each other, but for its ends; what the engine draws for each step adds up. With s² of
   * the engine and d² of an instant, a row's relative variance is s² + 2 d²/t², and that of the sum
   * of n rows, over the root of their squared times, s² + 2 d²/(n t²).
   */
  private static final int SUMMED = 4;
  private static final int GROUPS = 10;
  private static final int FEWEST = 5;

  static Jitter of(List<StepRow> rows, StepModel model) {
    double[] expected = rows.stream().mapToDouble(model::nanos).toArray();
    List<Double> single = new ArrayList<>();
    List<Double> summed = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < rows.size(); i++) {
      StepRow row = rows.get(i);
      if (row.fromArrival() || (i > first && !follows(rows.get(i - 1), row))) {
        first = row.fromArrival() ? i + 1 : i;
      }
      if (i - first + 1 == SUMMED) {
        double error = 0;
        double squares = 0;
        for (int k = first; k <= i; k++) {
          error += rows.get(k).nanos() - expected[k];
          squares += expected[k] * expected[k];
        }
        single.add((row.nanos() - expected[i]) / expected[i]);
        summed.add(error / Math.sqrt(squares));
        first = i + 1;
      }
    }
    if (single.size() < GROUPS * FEWEST) {
      return new Jitter(0, Double.POSITIVE_INFINITY);
    }
    double variance = variance(single, summed);
    double squares = 0;
    for (int g = 0; g < GROUPS; g++) {
      int from = g * single.size() / GROUPS;
      int to = (g + 1) * single.size() / GROUPS;
      double off = variance(single.subList(from, to), summed.subList(from, to)) - variance;
      squares += off * off;
    }
    double ofVariance = Math.sqrt(squares / (GROUPS - 1) / GROUPS);
    double value = Math.sqrt(Math.max(0, variance));
    double high = Math.sqrt(Math.max(0, variance + 1.96 * ofVariance));
    return new Jitter(value, (high - value) / 1.96);
  }

  private static boolean follows(StepRow before, StepRow row) {
    return before.run() == row.run() && before.step() + 1 == row.step();
  }

  private static double variance(List<Double> single, List<Double> summed) {
    double one = spread(single);
    double several = spread(summed);
    return (SUMMED * several * several - one * one) / (SUMMED - 1);
  }

  private static double spread(List<Double> errors) {
    return RobustRegression.spread(errors.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
