package dev.candor.corpus.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DistanceTest {
  private static final double EXACT = 1e-9;

  private static double[] sample(RandomGenerator random, int size) {
    return random.doubles(size, 0, 50).map(Math::rint).toArray();
  }

  private static Distance between(double[] a, double[] b) {
    return Distance.between(EmpiricalDistribution.of(a), EmpiricalDistribution.of(b));
  }

  @Test
  void between_handComputed_isAreaAndLargestGap() {
    // F steps at 1, 2, 3, 4 by a quarter; G at 2 and 6 by a half. |F - G|: 1/4 on [1, 2), 0 on
    // [2, 3), 1/4 on [3, 4), 1/2 on [4, 6).
    Distance distance = between(new double[] {4, 1, 3, 2}, new double[] {6, 2});
    assertThat(distance.wasserstein()).isEqualTo(0.25 + 0.25 + 2 * 0.5, within(EXACT));
    assertThat(distance.kolmogorovSmirnov()).isEqualTo(0.5, within(EXACT));
  }

  @Test
  void between_apart_isDistanceOfMeansAndOne() {
    Distance distance = between(new double[] {1, 2}, new double[] {11, 14, 17});
    assertThat(distance.wasserstein()).isEqualTo(14 - 1.5, within(EXACT));
    assertThat(distance.kolmogorovSmirnov()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void between_samplesOfOneSize_isMeanWayOfSortedPairs(long seed) {
    RandomGenerator random = new Seed(seed).stream();
    double[] a = sample(random, 37);
    double[] b = sample(random, 37);
    Arrays.sort(a);
    Arrays.sort(b);
    double way = 0;
    for (int i = 0; i < a.length; i++) {
      way += Math.abs(a[i] - b[i]) / a.length;
    }
    assertThat(between(a, b).wasserstein()).isEqualTo(way, within(EXACT));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void between_samplesOfOtherSizes_isByDefinitionAndSymmetric(long seed) {
    RandomGenerator random = new Seed(seed).stream();
    double[] a = sample(random, 23);
    double[] b = sample(random, 41);
    double largest = 0;
    double area = 0;
    for (int x = 0; x <= 50; x++) {
      double gap = Math.abs(shareUpTo(a, x) - shareUpTo(b, x));
      largest = Math.max(largest, gap);
      area += gap;
    }
    assertThat(between(a, b).kolmogorovSmirnov()).isEqualTo(largest, within(EXACT));
    assertThat(between(a, b).wasserstein()).isEqualTo(area, within(EXACT));
    assertThat(between(b, a).kolmogorovSmirnov()).isEqualTo(largest, within(EXACT));
    assertThat(between(b, a).wasserstein()).isEqualTo(area, within(EXACT));
  }

  private static double shareUpTo(double[] values, double x) {
    return (double) Arrays.stream(values).filter(value -> value <= x).count() / values.length;
  }

  @Test
  void between_shifted_isTheShift() {
    double[] a = sample(new Seed(9).stream(), 100);
    double[] b = Arrays.stream(a).map(value -> value + 7).toArray();
    assertThat(between(a, b).wasserstein()).isEqualTo(7, within(EXACT));
    assertThat(between(a, a)).isEqualTo(new Distance(0, 0));
  }
}
