package dev.candor.base.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import java.util.random.RandomGenerator;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;

final class StandardNormalTest {

  @Test
  void quantile_isThatOfAnotherImplementation() {
    NormalDistribution other = new NormalDistribution(0, 1);
    for (int i = 1; i < 20_000; i++) {
      double p = i / 20_000.0;
      assertThat(StandardNormal.quantile(p))
          .as("p = %s", p)
          .isEqualTo(other.inverseCumulativeProbability(p), within(1e-12));
    }
  }

  /** Values to 16 digits by arbitrary precision, far in the tail too. */
  @Test
  void quantile_isExactToFifteenDigits() {
    assertThat(StandardNormal.quantile(0.6)).isEqualTo(0.2533471031357998, within(1e-15));
    assertThat(StandardNormal.quantile(0.975)).isEqualTo(1.959963984540054, within(2e-15));
    assertThat(StandardNormal.quantile(3.493543693593927E-7))
        .isEqualTo(-4.961722214056962, within(5e-15));
    assertThat(StandardNormal.quantile(1e-12)).isEqualTo(-7.034483825301132, within(7e-15));
  }

  /** Made once; the same on every machine, to the last bit. */
  @Test
  void ofBits_hasTheseBits() {
    long sum = 0;
    for (int i = 0; i < 10_000; i++) {
      double draw = StandardNormal.ofBits(new Seed(9).derive(i).value());
      sum = Seed.mixed(sum ^ Double.doubleToLongBits(draw));
    }
    assertThat(sum).isEqualTo(5987318992640797264L);
  }

  @Test
  void sample_hasMean0AndDeviation1() {
    RandomGenerator random = new Seed(5).stream();
    int draws = 200_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      double draw = StandardNormal.sample(random);
      sum += draw;
      squares += draw * draw;
    }
    assertThat(sum / draws).isEqualTo(0, within(0.01));
    assertThat(squares / draws).isEqualTo(1, within(0.02));
  }
}
