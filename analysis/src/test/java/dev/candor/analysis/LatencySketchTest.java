package dev.candor.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LatencySketchTest {
  @Test
  void latency_oneToThousandMillis_matchesExactRanks() {
    LatencySketch sketch = new LatencySketch();
    for (int ms = 1000; ms >= 1; ms--) {
      sketch.add(ms * 1_000_000L, 1);
    }
    Summary.Latency latency = sketch.latency();
    assertThat(latency.count()).isEqualTo(1000);
    assertThat(latency.p50()).isCloseTo(500, within(0.5));
    assertThat(latency.p99()).isCloseTo(990, within(0.99));
    assertThat(latency.p999()).isNull();
    assertThat(latency.ci95()).containsOnlyKeys("p50", "p90", "p95", "p99");
    Summary.Interval p50 = latency.ci95().get("p50");
    assertThat(p50).isNotNull();
    assertThat(p50.low()).isCloseTo(469, within(2.0));
    assertThat(p50.high()).isCloseTo(532, within(2.0));
  }

  @Test
  void latency_nineteenSamples_hasNoPercentile() {
    LatencySketch sketch = new LatencySketch();
    sketch.add(5_000_000, 19);
    assertThat(sketch.latency().p50()).isNull();
    assertThat(sketch.latency().max()).isCloseTo(5, within(0.005));
    sketch.add(5_000_000, 1);
    assertThat(sketch.latency().p50()).isCloseTo(5, within(0.005));
  }

  @Test
  void addShared_gapOfThreeTokens_isThreeSamplesOfAThird() {
    LatencySketch sketch = new LatencySketch();
    sketch.addShared(30_000_000, 3);
    sketch.addShared(7, 0);
    assertThat(sketch.latency().count()).isEqualTo(3);
    assertThat(sketch.latency().mean()).isCloseTo(10, within(0.01));
  }

  @Test
  void addGaps_anyInstants_isAsOneByOne() {
    RandomGenerator random = new Seed(5).stream();
    LatencySketch together = new LatencySketch();
    LatencySketch apart = new LatencySketch();
    for (int round = 0; round < 200; round++) {
      long[] instants = new long[random.nextInt(40)];
      long at = random.nextLong(1_000_000_000);
      for (int i = 0; i < instants.length; i++) {
        // Now and then two tokens at once, and a stall of minutes.
        at += random.nextInt(10) == 0 ? 0 : random.nextLong(1L << random.nextInt(1, 38));
        instants[i] = at;
      }
      int from = instants.length == 0 ? 0 : random.nextInt(instants.length);
      together.addGaps(instants, from, instants.length);
      for (int i = from + 1; i < instants.length; i++) {
        apart.add(instants[i] - instants[i - 1], 1);
      }
    }
    assertThat(together.latency()).isEqualTo(apart.latency());
    assertThat(together.bins(40)).isEqualTo(apart.bins(40));
  }

  /** Any sample: percentiles within 3 digits of the exact order statistics, the rest exact. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void latency_anySample_matchesAnExactSort(long seed) {
    RandomGenerator random = new Seed(seed).stream();
    for (int round = 0; round < 50; round++) {
      Distribution shape =
          switch (round % 4) {
            case 0 -> new Distribution.LogNormal(50e6, 1.5);
            case 1 -> new Distribution.Uniform(0, 1e9);
            case 2 -> new Distribution.Exponential(20e6);
            default -> new Distribution.Constant(1 + random.nextInt(2_000_000_000));
          };
      long[] values = new long[1 + random.nextInt(round % 2 == 0 ? 60 : 20_000)];
      LatencySketch whole = new LatencySketch();
      LatencySketch half = new LatencySketch();
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.round(shape.sample(random));
        (i % 2 == 0 ? whole : half).add(values[i], 1);
      }
      whole.merge(half);
      Arrays.sort(values);
      Summary.Latency latency = whole.latency();
      String where = "seed %d round %d".formatted(seed, round);
      assertThat(latency.min()).as(where).isEqualTo(values[0] / 1e6);
      assertThat(latency.max()).as(where).isEqualTo(values[values.length - 1] / 1e6);
      assertThat(latency.mean())
          .as(where)
          .isCloseTo(Arrays.stream(values).average().orElseThrow() / 1e6, withinPercentage(1e-6));
      check(where, values, latency.p50(), 0.5);
      check(where, values, latency.p90(), 0.9);
      check(where, values, latency.p95(), 0.95);
      check(where, values, latency.p99(), 0.99);
      check(where, values, latency.p999(), 0.999);
      for (var each : latency.ci95().entrySet()) {
        double q = Double.parseDouble("0." + each.getKey().substring(1));
        double exact = exact(values, q);
        assertThat(each.getValue().low()).as(where).isLessThanOrEqualTo(exact * 1.001 + 1e-6);
        assertThat(each.getValue().high()).as(where).isGreaterThanOrEqualTo(exact * 0.999 - 1e-6);
      }
    }
  }

  private static void check(String where, long[] sorted, @Nullable Double found, double q) {
    if (sorted.length * (1 - q) < 10 - 1e-9) {
      assertThat(found).as(where).isNull();
    } else {
      assertThat(found).as("%s q %s", where, q).isCloseTo(exact(sorted, q), withinPercentage(0.1));
    }
  }

  /** The value at rank ceil(n q). */
  private static double exact(long[] sorted, double q) {
    return sorted[(int) Math.ceil(sorted.length * q - 1e-9) - 1] / 1e6;
  }

  /** The interval must hold the true percentile in at least 95 % of samples, or nearly. */
  @Test
  void ci95_coversTheTruePercentile() {
    RandomGenerator random = new Seed(11).stream();
    Distribution shape = new Distribution.LogNormal(100e6, 0.5);
    int covered = 0;
    for (int i = 0; i < 1000; i++) {
      LatencySketch sketch = new LatencySketch();
      for (int j = 0; j < 300; j++) {
        sketch.add(Math.round(shape.sample(random)), 1);
      }
      Summary.Interval ci = java.util.Objects.requireNonNull(sketch.latency().ci95().get("p90"));
      double truth = shape.quantile(0.9) / 1e6;
      covered += ci.low() <= truth && truth <= ci.high() ? 1 : 0;
    }
    assertThat(covered).isBetween(940, 990);
  }
}
