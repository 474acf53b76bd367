package dev.candor.base.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MannKendallTest {
  private static double[] rising() {
    double[] series = new double[40];
    Arrays.setAll(series, i -> Series.scattered(i) + 0.03 * i);
    return series;
  }

  /** The figures are those of pymannkendall 1.4.3, original_test. */
  @Test
  void independent_withoutTies_isTheReferences() {
    MannKendall test = MannKendall.independent(rising());
    assertThat(test.s()).isEqualTo(144);
    assertThat(test.variance()).isCloseTo(7366.666666666667, within(1e-9));
    assertThat(test.z()).isCloseTo(1.6660979421814242, within(1e-12));
    assertThat(test.p()).isCloseTo(0.09569390835163927, within(1e-12));
  }

  /** Likewise. */
  @Test
  void independent_withTies_isTheReferences() {
    double[] tied = Arrays.stream(rising()).map(Math::rint).toArray();
    MannKendall test = MannKendall.independent(tied);
    assertThat(test.s()).isEqualTo(143);
    assertThat(test.variance()).isCloseTo(7288.333333333333, within(1e-9));
    assertThat(test.p()).isCloseTo(0.09624960698279095, within(1e-12));
  }

  /** The same series have a variance below 0 by the correction as published. */
  @Test
  void correlated_whereChanceNegativesPrevail_neverMakesTheVarianceSmaller() {
    double[] wave = new double[60];
    Arrays.setAll(wave, i -> Math.sin(i / 3.0) * 5 + Series.scattered(i) / 10 + 0.02 * i);
    MannKendall test = MannKendall.correlated(wave);
    assertThat(test.inflation()).isGreaterThan(1);
    assertThat(test.p()).isGreaterThan(0.5);

    MannKendall scattered = MannKendall.correlated(rising());
    assertThat(scattered.variance()).isGreaterThanOrEqualTo(7366.6);
    assertThat(scattered.p()).isGreaterThan(0.09);
  }

  @ParameterizedTest
  @CsvSource({
    "48, 0, 0.03, 0.06", "120, 0, 0.03, 0.06", "240, 0, 0.03, 0.06",
    "48, 0.3, 0.03, 0.07", "120, 0.3, 0.03, 0.07", "240, 0.3, 0.03, 0.07",
    "48, 0.6, 0.03, 0.075", "120, 0.6, 0.03, 0.075", "240, 0.6, 0.03, 0.075",
  })
  void correlated_withoutTrend_raisesFewFalseAlarms(int n, double phi, double least, double most) {
    int alarms = 0;
    for (long seed = 0; seed < 1_000; seed++) {
      alarms += MannKendall.correlated(Series.autoregressive(seed, n, phi)).p() < 0.05 ? 1 : 0;
    }
    assertThat(alarms / 1_000.0).isBetween(least, most);
  }

  @Test
  void correlated_ofTrendInCorrelatedNoise_findsIt() {
    int found = 0;
    for (long seed = 0; seed < 100; seed++) {
      double[] series = Series.autoregressive(seed, 240, 0.3);
      for (int i = 0; i < series.length; i++) {
        series[i] += 0.01 * i;
      }
      MannKendall test = MannKendall.correlated(series);
      found += test.p() < 0.05 && test.s() > 0 ? 1 : 0;
    }
    assertThat(found).isGreaterThan(90);
  }

  @Test
  void p_ofOneLevel_is1() {
    double[] level = new double[30];
    Arrays.fill(level, 5);
    assertThat(MannKendall.correlated(level).p()).isEqualTo(1);
    assertThat(MannKendall.independent(level).p()).isEqualTo(1);
  }

  @Test
  void s_ofZerosOfBothSigns_isThatOfEqualValues() {
    MannKendall test = MannKendall.independent(new double[] {-0.0, 0.0, 1, 0.0, -0.0});
    assertThat(test.s()).isZero();
    // 5·4·15 less 4·3·13
    assertThat(test.variance()).isCloseTo((300 - 156) / 18.0, within(1e-12));
  }

  @Test
  void test_under4Values_isRefused() {
    assertThatThrownBy(() -> MannKendall.correlated(new double[] {1, 2, 3}))
        .hasMessage("3 values, at least 4 needed");
  }
}
