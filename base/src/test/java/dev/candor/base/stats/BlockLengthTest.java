package dev.candor.base.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class BlockLengthTest {

  private static double median(double phi, int length) {
    double[] lengths = new double[41];
    for (int i = 0; i < lengths.length; i++) {
      RandomGenerator random = new Seed(7).derive(i).stream();
      double[] series = new double[length];
      for (int j = 1; j < length; j++) {
        series[j] = phi * series[j - 1] + StandardNormal.sample(random);
      }
      lengths[i] = BlockLength.of(series);
    }
    return Median.of(lengths);
  }

  /** Of an AR(1) process the best length is known: G/g = 2φ/(1−φ²), b³ = 2·(G/g)²·3/4·n. */
  @Test
  void of_autoregressiveSeries_isNearTheBestLength() {
    for (double phi : new double[] {0.3, 0.6, 0.8}) {
      double best = Math.cbrt(1.5 * Math.pow(2 * phi / (1 - phi * phi), 2) * 400);
      assertThat(median(phi, 400))
          .as("phi %s, best %s", phi, best)
          .isBetween(0.6 * best, 1.6 * best);
    }
  }

  @Test
  void of_independentSeries_isShort() {
    assertThat(median(0, 400)).isLessThan(4);
  }

  @Test
  void of_equalValuesOrFew_is1() {
    double[] equal = new double[100];
    Arrays.fill(equal, 5);
    assertThat(BlockLength.of(equal)).isEqualTo(1);
    assertThat(BlockLength.of(new double[] {1, 2, 3})).isEqualTo(1);
    assertThat(BlockLength.of(new double[0])).isEqualTo(1);
  }
}
