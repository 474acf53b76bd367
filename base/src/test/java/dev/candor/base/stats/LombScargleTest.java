package dev.candor.base.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times in seconds. */
final class LombScargleTest {
  private static final double FOUR_HOURS = 4 * 3600;

  private static double[] times(double window) {
    double[] times = new double[(int) (FOUR_HOURS / window)];
    Arrays.setAll(times, i -> (i + 0.5) * window);
    return times;
  }

  private static boolean found(@Nullable LombScargle result) {
    return result != null && result.falseAlarm() < 0.05;
  }

  /** The largest TTFT of each window: 200 ms and the rest of an exponential, spikes atop. */
  private static double[] ttft(
      double[] times, double window, double period, double phase, double height, long seed) {
    RandomGenerator random = new Seed(seed).stream();
    double[] values = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      double from = times[i] - window / 2;
      double sinceSpike = ((from - phase) % period + period) % period;
      // a spike of 30 s is in the window if it lasts yet, or begins in it
      boolean spike = sinceSpike < 30 || period - sinceSpike < window;
      values[i] = 200 - 30 * Math.log(1 - random.nextDouble()) + (spike ? height : 0);
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    "60, 600, 150",
    "30, 600, 150",
    "60, 600, 3000",
    "60, 437, 150",
    "30, 437, 3000",
    "60, 1111, 150"
  })
  void of_spikesOf30s_isTheirPeriod(double window, double period, double height) {
    double[] times = times(window);
    int right = 0;
    for (long seed = 0; seed < 20; seed++) {
      double phase = new Seed(seed).derive("phase").stream().nextDouble() * period;
      double[] values = ttft(times, window, period, phase, height, seed);
      values[17] += 50_000;
      values[41] += 9_000;
      values[160] += 20_000;
      LombScargle result = LombScargle.of(times, values);
      boolean good =
          result != null
              && result.falseAlarm() < 0.01
              && Math.abs(result.period() / period - 1) < 0.05;
      right += good ? 1 : 0;
      if (result != null && good) {
        assertThat(result.amplitude()).as("seed %d", seed).isBetween(0.6 * height, 1.5 * height);
        double off = Math.abs(result.first() - phase) % period;
        assertThat(Math.min(off, period - off))
            .as("seed %d, %s, at %s", seed, result, phase)
            .isLessThan(1.5 * window);
      }
    }
    assertThat(right).isGreaterThanOrEqualTo(19);
  }

  @ParameterizedTest
  @CsvSource({"24, 0", "48, 0", "240, 0", "480, 0", "120, 0.3", "240, 0.6", "480, 0.6"})
  void of_noise_isSeldomTakenForAPeriod(int n, double phi) {
    int alarms = 0;
    for (long seed = 0; seed < 200; seed++) {
      LombScargle result = LombScargle.of(Series.steps(n), Series.autoregressive(seed, n, phi));
      alarms += found(result) ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo(10);
  }

  @Test
  void of_exponentialNoiseAndTrend_isSeldomTakenForAPeriod() {
    int alarms = 0;
    double[] times = times(60);
    for (long seed = 0; seed < 200; seed++) {
      double[] values = ttft(times, 60, 1e9, -1e6, 0, seed);
      for (int i = 0; i < values.length; i++) {
        values[i] += i * 2.0;
      }
      alarms += found(LombScargle.of(times, values)) ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo(10);
  }

  @Test
  void of_sine_isItsPeriod_unevenTimesToo() {
    RandomGenerator random = new Seed(3).stream();
    double[] times = new double[300];
    double[] values = new double[300];
    double t = 0;
    for (int i = 0; i < 300; i++) {
      t += i % 40 == 39 ? 7 : 0.7 + 0.6 * random.nextDouble();
      times[i] = t;
      values[i] = 5 * Math.sin(2 * Math.PI * t / 23.7) + random.nextGaussian();
    }
    LombScargle result = Objects.requireNonNull(LombScargle.of(times, values));
    assertThat(result.period()).isCloseTo(23.7, within(0.1));
    assertThat(result.falseAlarm()).isLessThan(1e-6);
  }

  @Test
  void power_ofEvenSamples_isTheFourierTransforms() {
    int n = 64;
    double[] y = Series.autoregressive(9, n, 0);
    double mean = Arrays.stream(y).average().orElseThrow();
    double[] centred = Arrays.stream(y).map(v -> v - mean).toArray();
    double variance = Arrays.stream(centred).map(v -> v * v).sum() / (n - 1);
    double[] grid = new Periodogram(Series.steps(n), centred).grid(1.0 / n, n / 2 - 1);
    for (int k = 1; k < n / 2; k++) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < n; i++) {
        re += centred[i] * Math.cos(2 * Math.PI * k * i / n);
        im += centred[i] * Math.sin(2 * Math.PI * k * i / n);
      }
      assertThat(grid[k]).isCloseTo((re * re + im * im) / (n * variance), within(1e-9));
    }
  }

  @Test
  void of_tooFewOrEqualValues_isUnknown() {
    assertThat(LombScargle.of(Series.steps(23), Series.autoregressive(1, 23, 0))).isNull();
    assertThat(LombScargle.of(Series.steps(50), new double[50])).isNull();
  }
}
