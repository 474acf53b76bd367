package dev.candor.base.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChangePointTest {
  private static @Nullable ChangePoint first(double[] series) {
    return ChangePoint.first(series, 5, 0.01);
  }

  @Test
  void first_ofAShift_isItsOnset() {
    int near = 0;
    for (long seed = 0; seed < 100; seed++) {
      double[] series = Series.autoregressive(seed, 200, 0.3);
      for (int i = 130; i < 200; i++) {
        series[i] += 6;
      }
      ChangePoint found = Objects.requireNonNull(first(series), "seed " + seed);
      boolean right = Math.abs(found.index() - 130) <= 2;
      near += right && Math.abs(found.after() - found.before() - 6) < 1.5 ? 1 : 0;
    }
    assertThat(near).isGreaterThan(90);
  }

  @Test
  void first_ofSeveral_isTheFirst_andSoIsItsLevel() {
    double[] series = Series.autoregressive(4, 300, 0);
    for (int i = 0; i < 300; i++) {
      series[i] += i < 100 ? 10 : i < 200 ? 20 : 80;
    }
    ChangePoint found = Objects.requireNonNull(first(series));
    assertThat(found.index()).isCloseTo(100, within(1));
    assertThat(found.before()).isCloseTo(10, within(0.5));
    assertThat(found.after()).isCloseTo(20, within(0.5));
  }

  @Test
  void first_ofARiseThatGoesOn_isNearItsStart() {
    double[] series = Series.autoregressive(6, 300, 0);
    for (int i = 150; i < 300; i++) {
      series[i] += (i - 150) * 0.5;
    }
    assertThat(Objects.requireNonNull(first(series)).index()).isBetween(148, 175);
  }

  @Test
  void first_ofAFall_isFoundToo() {
    double[] series = Series.autoregressive(8, 100, 0);
    for (int i = 40; i < 100; i++) {
      series[i] -= 5;
    }
    ChangePoint found = Objects.requireNonNull(first(series));
    assertThat(found.index()).isCloseTo(40, within(1));
    assertThat(found.after()).isLessThan(found.before());
  }

  @ParameterizedTest
  @CsvSource({"30, 0", "120, 0", "600, 0", "120, 0.3", "120, 0.6", "600, 0.6"})
  void first_ofNoise_isSeldomSaid(int n, double phi) {
    int alarms = 0;
    for (long seed = 0; seed < 500; seed++) {
      alarms += first(Series.autoregressive(seed, n, phi)) == null ? 0 : 1;
    }
    assertThat(alarms).isLessThanOrEqualTo(13);
  }

  @Test
  void first_ofOutliersAlone_isNone() {
    double[] series = Series.autoregressive(2, 200, 0);
    series[60] += 1e6;
    series[61] += 1e6;
    series[199] += 1e6;
    assertThat(first(series)).isNull();
  }

  @Test
  void first_ofTooFewValues_orOneLevel_isNone() {
    double[] step = new double[19];
    Arrays.fill(step, 9, 19, 100);
    assertThat(first(step)).isNull();
    assertThat(first(new double[100])).isNull();
  }
}
