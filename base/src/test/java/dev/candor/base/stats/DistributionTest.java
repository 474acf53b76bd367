package dev.candor.base.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import dev.candor.base.units.Durations;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DistributionTest {
  private static Distribution parse(String text) {
    return DistributionText.parse(text, Durations::parseNanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20ms",
        "uniform(50ms, 100ms)",
        "normal(20ms, 2ms)",
        "lognormal(200ms, 0.4)",
        "lognormal(p50=200ms, p99=600ms)",
        "gamma(20ms, 0.3)",
        "exponential(2s)",
        "percentiles(p0=1ms, p50=20ms, p100=90ms)"
      })
  void sample_hasTheQuantilesAndTheMean(String text) {
    Distribution distribution = parse(text);
    RandomGenerator random = new Seed(3).stream();
    double[] draws = new double[40_000];
    for (int i = 0; i < draws.length; i++) {
      draws[i] = distribution.sample(random);
    }
    Arrays.sort(draws);
    for (double p : new double[] {0.1, 0.5, 0.9}) {
      double known = distribution.quantile(p);
      assertThat(draws[(int) (p * draws.length)])
          .as("p%s", p)
          .isCloseTo(known, within(known * 0.05));
    }
    assertThat(Arrays.stream(draws).average().orElseThrow())
        .isCloseTo(distribution.mean(), within(distribution.mean() * 0.03));
  }

  @Test
  void parse_lognormalByPercentiles_hitsThem() {
    Distribution distribution = parse("lognormal(p50=200ms, p99=600ms)");
    assertThat(distribution.quantile(0.5)).isCloseTo(200e6, within(1.0));
    assertThat(distribution.quantile(0.99)).isCloseTo(600e6, within(600.0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uniform(100ms, 50ms) | low end is above",
        "normal(20ms) | 1 arguments, not 2",
        "weibull(1s, 2) | no distribution 'weibull'; known are constant, uniform",
        "unifrom(1s, 2s) | no distribution 'unifrom'; did you mean 'uniform'?",
        "gamma(0, 1) | mean must be above 0",
        "lognormal(20ms, -1) | not a number",
        "exponential(2s | not closed",
        "percentiles(p50=10ms, p20=20ms) | must rise"
      })
  void parse_nonsense_namesIt(String text, String message) {
    assertThatThrownBy(() -> parse(text)).hasMessageContaining(message).hasMessageContaining(text);
  }

  @Test
  void interval_coversTheTruthAsOftenAsItSays() {
    int covered = 0;
    int runs = 2000;
    for (int run = 0; run < runs; run++) {
      RandomGenerator random = new Seed(11).derive(run).stream();
      double[] sample = random.doubles(200).sorted().toArray();
      OrderStatisticInterval interval = OrderStatisticInterval.of95(sample.length, 0.9);
      if (sample[(int) interval.lowRank() - 1] <= 0.9
          && 0.9 <= sample[(int) interval.highRank() - 1]) {
        covered++;
      }
    }
    assertThat((double) covered / runs).isBetween(0.94, 0.985);
  }

  @Test
  void isKnowable_needsTenBeyond() {
    assertThat(OrderStatisticInterval.isKnowable(1000, 0.99)).isTrue();
    assertThat(OrderStatisticInterval.isKnowable(999, 0.99)).isFalse();
  }
}
