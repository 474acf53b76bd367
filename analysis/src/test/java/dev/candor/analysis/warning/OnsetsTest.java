package dev.candor.analysis.warning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class OnsetsTest {
  private static final int SEEDS = 200;

  /** Around 50 ms, each second half like the one before. */
  private static double[] noise(long seed, int length) {
    RandomGenerator random = new Seed(seed).derive("noise").stream();
    double[] values = new double[length];
    double state = 0;
    for (int i = 0; i < length; i++) {
      state = 0.5 * state + 0.2 * random.nextGaussian();
      values[i] = 50 * Math.exp(state);
    }
    return values;
  }

  private static double[] risen(long seed, int length, int from, double times) {
    double[] values = noise(seed, length);
    for (int i = from; i < length; i++) {
      values[i] *= times;
    }
    return values;
  }

  @Test
  void shift_steadyNoise_isNone() {
    List<Long> wrong = new ArrayList<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      if (Onsets.shift(Signal.TTFT_P50, noise(seed, 120)) >= 0) {
        wrong.add(seed);
      }
    }
    assertThat(wrong).as("seeds with an onset").hasSizeLessThanOrEqualTo(SEEDS / 20);
  }

  @Test
  void shift_ofACountThatIsSeldomMoreThanZero_isNone() {
    List<Long> wrong = new ArrayList<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      RandomGenerator random = new Seed(seed).derive("queue").stream();
      double[] waiting = new double[120];
      Arrays.setAll(waiting, i -> Math.max(0, Math.floor(random.nextGaussian() * 1.5)));
      if (Onsets.shift(Signal.WAITING, waiting) >= 0) {
        wrong.add(seed);
      }
    }
    assertThat(wrong).as("seeds with an onset").hasSizeLessThanOrEqualTo(SEEDS / 20);
  }

  @Test
  void shift_risen_isFoundWhereItIs() {
    List<String> wrong = new ArrayList<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      int found = Onsets.shift(Signal.TTFT_P50, risen(seed, 120, 80, 2.5));
      if (found < 75 || found > 85) {
        wrong.add(seed + ": " + found);
      }
    }
    assertThat(wrong).as("seeds that miss it").hasSizeLessThanOrEqualTo(SEEDS / 20);
  }

  @Test
  void shift_twice_isTheFirst() {
    double[] values = risen(7, 150, 60, 2);
    for (int i = 110; i < values.length; i++) {
      values[i] *= 10;
    }
    assertThat(Onsets.shift(Signal.TTFT_P50, values)).isBetween(57, 63);
  }

  @Test
  void shift_downwards_orTooSmallToMatter_isNone() {
    assertThat(Onsets.shift(Signal.ITL_P50, risen(1, 200, 100, 0.3))).isEqualTo(-1);
    double[] small = new double[200];
    Arrays.setAll(small, i -> i < 100 ? 10 : 12);
    assertThat(Onsets.shift(Signal.ITL_P50, small)).isEqualTo(-1);
  }

  @Test
  void shift_secondsWithoutAValue_areNoValues() {
    double[] values = new double[120];
    Arrays.setAll(values, i -> i % 2 == 0 ? Double.NaN : i < 60 ? 10 : 20);
    assertThat(Onsets.shift(Signal.ITL_P50, values)).isEqualTo(61);
    assertThat(Onsets.shift(Signal.ITL_P50, new double[] {Double.NaN})).isEqualTo(-1);
  }

  @Test
  void sustained_needsThreeOfFive_itselfAmongThem() {
    assertThat(Onsets.sustained(new boolean[] {true, false, true, false, false, true}))
        .isEqualTo(-1);
    assertThat(Onsets.sustained(new boolean[] {true, false, false, true, false, true, true}))
        .isEqualTo(3);
    assertThat(Onsets.sustained(new boolean[] {false, true, true})).isEqualTo(-1);
  }
}
