package dev.candor.base.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class LargestDeviationTest {
  private static final int REPETITIONS = 20_000;

  private static LargestDeviation of(int figures, double common) {
    RandomGenerator random = new Seed(3).stream();
    double[][] deviations = new double[REPETITIONS][figures];
    for (double[] row : deviations) {
      double shared = StandardNormal.sample(random);
      for (int i = 0; i < figures; i++) {
        row[i] = common * shared + Math.sqrt(1 - common * common) * StandardNormal.sample(random);
      }
    }
    return new LargestDeviation(deviations);
  }

  /** Šidák: 1 − 0.95^(1/10) in two tails is 2.80; of one figure 1.96. */
  @Test
  void critical_growsWithWhatIsIndependent() {
    assertThat(of(10, 0).critical(0.05)).isCloseTo(2.80, within(0.06));
    assertThat(of(1, 0).critical(0.05)).isCloseTo(1.96, within(0.04));
    assertThat(of(10, 1).critical(0.05)).isCloseTo(1.96, within(0.04));
  }

  @Test
  void probability_isThatOfTheLevel() {
    LargestDeviation ten = of(10, 0);
    assertThat(ten.probability(ten.critical(0.05))).isCloseTo(0.05, within(0.001));
    assertThat(ten.probability(0)).isEqualTo(1);
    assertThat(ten.probability(50)).isEqualTo(1.0 / (REPETITIONS + 1));
  }

  @Test
  void studentScore_isTheSameTail() {
    // Tables: t of 5 degrees has 2.5 % beyond 2.5706.
    assertThat(StudentScore.toNormal(2.5706, 5)).isCloseTo(1.96, within(1e-3));
    assertThat(StudentScore.fromNormal(1.959964, 5)).isCloseTo(2.5706, within(1e-3));
    assertThat(StudentScore.toNormal(0, 5)).isEqualTo(0, within(1e-9));
    assertThat(StudentScore.toNormal(1e300, 50)).isBetween(30.0, 37.0);
  }
}
