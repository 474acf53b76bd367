package dev.candor.base.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class MedianTest {
  @Test
  void of_anySample_isTheMiddleOfTheSorted() {
    RandomGenerator random = new Seed(1).stream();
    for (int n = 1; n < 200; n++) {
      double[] values = new double[n];
      // few distinct values, so that there are ties
      Arrays.setAll(values, i -> random.nextInt(30) - 10);
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      double oracle = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
      assertThat(Median.of(values)).as("n = %d", n).isEqualTo(oracle);
      int rank = random.nextInt(n);
      assertThat(Median.select(values, rank))
          .as("n = %d, rank %d", n, rank)
          .isEqualTo(sorted[rank]);
    }
  }

  @Test
  void spread_ofNormals_isTheirSigma_andOutliersDoNotMoveIt() {
    RandomGenerator random = new Seed(2).stream();
    double[] values = new double[20_000];
    Arrays.setAll(values, i -> i % 100 == 0 ? 1e9 : 7 + 3 * random.nextGaussian());
    assertThat(Median.spread(values)).isCloseTo(3, within(0.1));
  }

  @Test
  void of_nothing_isRefused() {
    assertThatThrownBy(() -> Median.of(new double[0])).isInstanceOf(IllegalArgumentException.class);
  }
}
