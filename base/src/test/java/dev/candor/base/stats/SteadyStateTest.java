package dev.candor.base.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class SteadyStateTest {
  private static double[] noise(long seed, int n) {
    RandomGenerator random = new Seed(seed).stream();
    double[] values = new double[n];
    Arrays.setAll(values, i -> 100 + random.nextGaussian());
    return values;
  }

  @Test
  void of_startUpThatFades_isCutOff() {
    int right = 0;
    for (long seed = 0; seed < 100; seed++) {
      double[] values = noise(seed, 400);
      for (int i = 0; i < values.length; i++) {
        values[i] += 50 * Math.exp(-i / 20.0);
      }
      SteadyState found = SteadyState.of(values);
      // the start-up is within one standard error of the noise from about 80 on
      right += found.settled() && found.from() >= 50 && found.from() <= 190 ? 1 : 0;
    }
    assertThat(right).isGreaterThan(90);
  }

  @Test
  void of_noiseWithoutStartUp_isSettled_andKeepsMost() {
    int settled = 0;
    for (long seed = 0; seed < 100; seed++) {
      SteadyState found = SteadyState.of(noise(seed, 300));
      settled += found.settled() && found.from() < 150 ? 1 : 0;
    }
    assertThat(settled).isGreaterThan(90);
  }

  @Test
  void of_theRuleByHand_isTheSame() {
    double[] values = noise(5, 103);
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int d = 0; d < 20 - 5; d++) {
      double[] rest = new double[20 - d];
      for (int j = 0; j < rest.length; j++) {
        rest[j] = Arrays.stream(values, (d + j) * 5, (d + j + 1) * 5).average().orElseThrow();
      }
      double mean = Arrays.stream(rest).average().orElseThrow();
      double mser =
          Arrays.stream(rest).map(z -> (z - mean) * (z - mean)).sum() / rest.length / rest.length;
      if (mser < least) {
        least = mser;
        best = d;
      }
    }
    assertThat(SteadyState.of(values)).isEqualTo(new SteadyState(best * 5, best < 10));
  }

  @Test
  void of_oneLevel_isSteadyFromItsStart() {
    double[] values = new double[50];
    Arrays.fill(values, 3.3);
    assertThat(SteadyState.of(values)).isEqualTo(new SteadyState(0, true));
  }

  @Test
  void of_shiftInTheLastThird_orRise_isNotSettled() {
    double[] shift = noise(1, 300);
    for (int i = 200; i < 300; i++) {
      shift[i] += 40;
    }
    assertThat(SteadyState.of(shift).settled()).isFalse();

    double[] rise = noise(2, 300);
    for (int i = 0; i < 300; i++) {
      rise[i] += i;
    }
    assertThat(SteadyState.of(rise).settled()).isFalse();
  }

  @Test
  void of_under10Batches_isNotSettled() {
    assertThat(SteadyState.of(noise(1, 49)).settled()).isFalse();
    assertThat(SteadyState.of(new double[50]).settled()).isTrue();
  }
}
