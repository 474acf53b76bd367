package dev.candor.corpus.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class CountsTest {

  @Test
  void distribution_manyTokenCounts_isThatOfTheSample() {
    RandomGenerator random = new Seed(1).stream();
    double[] sample = random.doubles(5000, 0, 65_535).map(Math::rint).toArray();
    Counts counts = Counts.ofTokens();
    Arrays.stream(sample).forEach(value -> counts.add((long) value));
    EmpiricalDistribution found = counts.distribution();
    EmpiricalDistribution expected = EmpiricalDistribution.of(sample);
    assertThat(Distance.between(found, expected)).isEqualTo(new Distance(0, 0));
    assertThat(found.mean()).isEqualTo(expected.mean(), within(1e-6));
    assertThat(found.count()).isEqualTo(5000);
  }

  @Test
  void distribution_longTimes_isWithinHalfAPerMill() {
    Counts counts = Counts.ofNanos();
    long nanos = 86_400_123_456_789L;
    counts.add(nanos);
    assertThat(counts.distribution().max()).isEqualTo(nanos);
    RandomGenerator random = new Seed(2).stream();
    double[] sample = random.doubles(2000, nanos, 1.01 * nanos).map(Math::rint).toArray();
    Counts close = Counts.ofNanos();
    Arrays.stream(sample).forEach(value -> close.add((long) value));
    EmpiricalDistribution expected = EmpiricalDistribution.of(sample);
    assertThat(close.distribution().distinct()).isLessThan(50);
    for (double p : new double[] {0, 0.3, 0.5, 0.99, 1}) {
      assertThat(close.distribution().quantile(p) / expected.quantile(p))
          .isEqualTo(1, within(0.0005));
    }
  }

  @Test
  void quantile_isSmallestValueThatTheShareIsAtMost() {
    double[] hundred = new double[100];
    Arrays.setAll(hundred, i -> i + 1);
    EmpiricalDistribution distribution = EmpiricalDistribution.of(hundred);
    assertThat(distribution.quantile(0)).isEqualTo(1);
    assertThat(distribution.quantile(0.5)).isEqualTo(50);
    assertThat(distribution.quantile(0.99)).isEqualTo(99);
    assertThat(distribution.quantile(0.991)).isEqualTo(100);
    assertThat(distribution.quantile(1)).isEqualTo(100);
    assertThat(distribution.countUpTo(7.5)).isEqualTo(7);
    assertThat(distribution.countUpTo(0.5)).isZero();
  }

  @Test
  void add_weights_countAsSoManyValues() {
    Counts counts = Counts.ofTokens();
    counts.add(1, 3);
    counts.add(5, 1);
    counts.add(9, 0);
    assertThat(counts.distribution().mean()).isEqualTo(2);
    assertThat(counts.distribution().quantile(0.75)).isEqualTo(1);
    assertThat(counts.distribution().max()).isEqualTo(5);
  }
}
