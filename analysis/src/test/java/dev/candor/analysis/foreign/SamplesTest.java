package dev.candor.analysis.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against what numpy 2 and pandas 2, and GuideLLM 0.8.1, said of the same values. */
final class SamplesTest {
  private static final double[] VALUES = {310.0, 15.25, 42.0, 7.5, 99.0, 42.0, 1000.0};

  private static Samples samples(int kept) {
    Samples samples = new Samples(kept);
    for (double value : VALUES) {
      samples.add(value);
    }
    return samples;
  }

  @ParameterizedTest
  @CsvSource({
    "0.01, 7.965",
    "0.25, 28.625",
    "0.5, 42.0",
    "0.9, 586.0",
    "0.95, 793.0",
    "0.99, 958.6",
    "0.999, 995.86"
  })
  void quantile_isNumpysPercentile(double q, double expected) {
    assertThat(samples(100).quantile(q)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void moments_areNumpysAndPandas() {
    Samples samples = samples(100);
    assertThat(samples.mean()).isCloseTo(216.53571428571428, within(1e-9));
    assertThat(samples.std(0)).isCloseTo(334.13081347011996, within(1e-9));
    assertThat(samples.std(1)).isCloseTo(360.9025269079886, within(1e-9));
    assertThat(samples.min()).isEqualTo(7.5);
    assertThat(samples.max()).isEqualTo(1000);
    assertThat(samples.count()).isEqualTo(7);
  }

  @Test
  void beyondWhatIsKept_quantilesHaveFourDigits_andMomentsStayExact() {
    Samples bounded = samples(3);
    Samples exact = samples(100);
    for (double q : new double[] {0.01, 0.25, 0.5, 0.9, 0.99}) {
      assertThat(bounded.quantile(q))
          .isCloseTo(exact.quantile(q), within(2e-4 * exact.quantile(q)));
    }
    assertThat(bounded.mean()).isEqualTo(exact.mean());
    assertThat(bounded.count()).isEqualTo(7);
  }

  @Test
  void oneSample_isEveryQuantile() {
    Samples samples = new Samples();
    samples.add(5);
    assertThat(samples.quantile(0.5)).isEqualTo(5);
    assertThat(samples.quantile(0.99)).isEqualTo(5);
    assertThat(samples.std(1)).isZero();
  }

  @Test
  void weightedQuantile_isAStep() {
    WeightedSamples samples = new WeightedSamples();
    samples.add(1, 2);
    samples.add(2, 3);
    samples.add(9, 0);
    assertThat(samples.quantile(0.25)).isEqualTo(1);
    assertThat(samples.quantile(0.4)).isEqualTo(1);
    assertThat(samples.quantile(0.5)).isEqualTo(2);
    assertThat(samples.quantile(0.999)).isEqualTo(2);
    assertThat(samples.mean()).isEqualTo(1.6);
    assertThat(samples.max()).isEqualTo(2);
    assertThat(samples.count()).isEqualTo(5);
    assertThat(samples.std(0)).isCloseTo(Math.sqrt(0.24), within(1e-12));
  }
}
