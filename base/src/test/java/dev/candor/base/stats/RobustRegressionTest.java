package dev.candor.base.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class RobustRegressionTest {
  private static final int ROWS = 2_000;

  private final RandomGenerator random = new Seed(1).stream();
  private final double[] one = new double[ROWS];
  private final double[] x = new double[ROWS];
  private final double[] y = new double[ROWS];
  private final double[] sigmas = new double[ROWS];

  RobustRegressionTest() {
    for (int i = 0; i < ROWS; i++) {
      one[i] = 1;
      x[i] = 10 * random.nextDouble();
      sigmas[i] = 1;
      y[i] = 2 + 3 * x[i] + 0.1 * random.nextGaussian();
    }
  }

  @Test
  void fit_tenthOfRowsFarOff_findsTheLine() {
    for (int i = 0; i < ROWS; i += 10) {
      y[i] += 1_000;
    }
    double[] found = RobustRegression.fit(new double[][] {one, x}, y, sigmas).coefficients();
    assertThat(found[0]).isCloseTo(2, within(0.05));
    assertThat(found[1]).isCloseTo(3, within(0.01));
  }

  @Test
  void fit_coefficientThatWouldBeNegative_isZero_andTheOthersFitWithoutIt() {
    double[] falling = Arrays.stream(x).map(each -> 5 - each / 10).toArray();
    double[] found = RobustRegression.fit(new double[][] {one, x}, falling, sigmas).coefficients();
    assertThat(found[1]).isZero();
    assertThat(found[0]).isCloseTo(4.5, within(0.05));
  }

  @Test
  void precision_intervalsHoldTheTruth_asOftenAsTheySay() {
    int held = 0;
    int trials = 200;
    for (int t = 0; t < trials; t++) {
      for (int i = 0; i < ROWS; i++) {
        y[i] = 2 + 3 * x[i] + x[i] * random.nextGaussian();
      }
      double[][] columns = {one, x};
      RobustRegression.Result result = RobustRegression.fit(columns, y, sigmas);
      double error = RobustRegression.precision(columns, y, sigmas, result).standardErrors()[1];
      held += Math.abs(result.coefficients()[1] - 3) <= 1.96 * error ? 1 : 0;
    }
    assertThat(held).as("of %d", trials).isBetween(180, 198);
  }

  @Test
  void precision_columnsInOneProportion_areNotTold_andNameEachOther() {
    double[] twice = Arrays.stream(x).map(each -> 2 * each).toArray();
    double[][] columns = {one, x, twice};
    RobustRegression.Result result = RobustRegression.fit(columns, y, sigmas);
    RobustRegression.Precision precision = RobustRegression.precision(columns, y, sigmas, result);
    assertThat(precision.standardErrors()[0]).isFinite();
    assertThat(precision.standardErrors()[1]).isInfinite();
    assertThat(precision.standardErrors()[2]).isInfinite();
    assertThat(precision.partners()[1][2]).isTrue();
    assertThat(precision.partners()[1][0]).isFalse();
    // The sum is known all the same.
    assertThat(result.coefficients()[1] + 2 * result.coefficients()[2]).isCloseTo(3, within(0.01));
  }
}
