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
   * instant makes one step longer and the next shorter: with s² of the engine and d² of an instant,
   * a row's relative variance is s² + 2 d²/t², and its covariance with the next row's is -d²/t².
   * So the variance and twice the covariance make s². Errors beyond three robust standard
   * deviations are left out of both; for normal ones that takes 2.7 % off the variance.
   */
  private static final double CUT = 3;
  private static final double LEFT_OF_VARIANCE = 0.97333;
  private static final double ALIKE = 1.5;
  private static final int GROUPS = 10;
  private static final int FEWEST = 100;

  private record Pair(double before, double error) {}

  static Jitter of(List<StepRow> rows, StepModel model) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      StepRow before = rows.get(i - 1);
      StepRow row = rows.get(i);
      double wasExpected = model.nanos(before);
      double expected = model.nanos(row);
      boolean follows = before.run() == row.run() && before.step() + 1 == row.step();
      boolean alike = expected < ALIKE * wasExpected && wasExpected < ALIKE * expected;
      if (follows && alike && !before.fromArrival() && !row.fromArrival()) {
        pairs.add(new Pair(before.nanos() / wasExpected - 1, row.nanos() / expected - 1));
      }
    }
    if (pairs.size() < FEWEST) {
      return new Jitter(0, Double.POSITIVE_INFINITY);
    }
    double most = CUT * RobustRegression.spread(pairs.stream().mapToDouble(Pair::error).toArray());
    List<Pair> kept =
        pairs.stream()
            .filter(pair -> Math.abs(pair.before) <= most && Math.abs(pair.error) <= most)
            .toList();
    double variance = variance(kept);
    double squares = 0;
    for (int g = 0; g < GROUPS; g++) {
      int from = g * kept.size() / GROUPS;
      int to = (g + 1) * kept.size() / GROUPS;
      double off = variance(kept.subList(from, to)) - variance;
      squares += off * off;
    }
    double ofVariance = Math.sqrt(squares / (GROUPS - 1) / GROUPS);
    double value = Math.sqrt(Math.max(0, variance));
    double high = Math.sqrt(Math.max(0, variance + 1.96 * ofVariance));
    return new Jitter(value, (high - value) / 1.96);
  }

  private static double variance(List<Pair> pairs) {
    double own = 0;
    double withBefore = 0;
    for (Pair pair : pairs) {
      own += pair.error * pair.error;
      withBefore += pair.error * pair.before;
    }
    return (own + 2 * withBefore) / pairs.size() / LEFT_OF_VARIANCE;
  }
}
