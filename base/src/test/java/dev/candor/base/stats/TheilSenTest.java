package dev.candor.base.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class TheilSenTest {
  private static TheilSen of(double[] series) {
    return TheilSen.of(Series.steps(series.length), series, MannKendall.independent(series));
  }

  /** The slope is scipy.stats.theilslopes', the interval too but for rounding of its ranks. */
  @Test
  void of_noisyLine_isTheReferences() {
    double[] series = new double[40];
    Arrays.setAll(series, i -> Series.scattered(i) + 0.03 * i);
    TheilSen found = of(series);
    assertThat(found.slope()).isCloseTo(0.09, within(1e-12));
    assertThat(found.low()).isCloseTo(-0.0018181818181818602, within(1e-3));
    assertThat(found.high()).isCloseTo(0.1512121212121212, within(1e-3));
  }

  @Test
  void slope_withAQuarterOfOutliers_isTheLines() {
    double[] x = Series.steps(100);
    double[] y = new double[100];
    Arrays.setAll(y, i -> i % 4 == 0 ? 1e6 : 10 - 0.5 * i);
    assertThat(TheilSen.of(x, y, MannKendall.independent(y)).slope()).isCloseTo(-0.5, within(1e-9));
  }

  @Test
  void of_unevenX_goesByX() {
    double[] x = {0, 1, 10, 11, 30};
    double[] y = {5, 7, 25, 27, 65};
    TheilSen found = TheilSen.of(x, y, MannKendall.independent(y));
    assertThat(found.slope()).isEqualTo(2);
  }

  @Test
  void interval_leavesOut0_whereTheTestFindsATrend() {
    int trends = 0;
    for (long seed = 0; seed < 300; seed++) {
      double[] series = Series.autoregressive(seed, 60, 0.3);
      for (int i = 0; i < series.length; i++) {
        series[i] += 0.02 * i;
      }
      MannKendall test = MannKendall.correlated(series);
      TheilSen found = TheilSen.of(Series.steps(60), series, test);
      boolean outside = found.low() > 0 || found.high() < 0;
      if (test.p() < 0.05) {
        trends++;
        assertThat(outside).as("seed %d, %s, %s", seed, test, found).isTrue();
      } else if (test.p() > 0.06) {
        assertThat(outside).as("seed %d, %s, %s", seed, test, found).isFalse();
      }
    }
    assertThat(trends).isBetween(50, 250);
  }

  @Test
  void interval_ofCorrelatedNoise_holdsTheTruthMostly() {
    int held = 0;
    for (long seed = 0; seed < 500; seed++) {
      double[] series = Series.autoregressive(seed, 120, 0.5);
      TheilSen found = TheilSen.of(Series.steps(120), series, MannKendall.correlated(series));
      held += found.low() <= 0 && found.high() >= 0 ? 1 : 0;
    }
    assertThat(held / 500.0).isBetween(0.92, 0.985);
  }

  @Test
  void interval_ofFewPoints_isUnbounded() {
    double[] y = {1, 2, 1.5, 3};
    TheilSen found = of(y);
    assertThat(found.low()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(found.high()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void of_tooManyPoints_isRefused() {
    double[] many = new double[2_001];
    assertThatThrownBy(() -> of(many)).hasMessage("2001 x and 2001 y, 2 to 2000 of each needed");
  }
}
