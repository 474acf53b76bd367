package dev.candor.analysis.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.analysis.drift.Drift.Spikes;
import dev.candor.analysis.drift.Drift.Trend;
import dev.candor.base.random.Seed;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Four hours in windows of a minute, their noise autocorrelated as that of a server's is. */
final class TrendTestsTest {
  private static final int WINDOWS = 240;
  private static final SteadyPhase PHASE =
      new SteadyPhase("hold", 60_000_000_000L, 60_000_000_000L, WINDOWS);

  private final Map<DriftMetric, double[]> series = new EnumMap<>(DriftMetric.class);
  private final Map<String, double[]> tails = new LinkedHashMap<>();

  private static double[] noise(Seed seed, double level, double spread, double phi) {
    RandomGenerator random = seed.stream();
    double[] values = new double[WINDOWS];
    double off = random.nextGaussian();
    for (int i = 0; i < WINDOWS; i++) {
      values[i] = level + spread * off;
      off = phi * off + Math.sqrt(1 - phi * phi) * random.nextGaussian();
    }
    return values;
  }

  private void clean(long number) {
    Seed seed = new Seed(number);
    series.put(DriftMetric.TTFT, noise(seed.derive("ttft"), 200, 10, 0.5));
    series.put(DriftMetric.ITL, noise(seed.derive("itl"), 20, 0.2, 0.5));
    series.put(DriftMetric.OUTPUT_TPS, noise(seed.derive("tps"), 900, 20, 0.3));
    series.put(DriftMetric.GOODPUT, noise(seed.derive("goodput"), 0.98, 0.01, 0));
    series.put(DriftMetric.KV_USAGE, noise(seed.derive("kv"), 0.6, 0.05, 0.8));
    series.put(DriftMetric.WAITING, new double[WINDOWS]);
    series.put(DriftMetric.HEAP, noise(seed.derive("heap"), 80, 15, 0.6));
    series.put(DriftMetric.RESIDENT, noise(seed.derive("rss"), 500, 2, 0.9));
    tails.put("ttft.p99", noise(seed.derive("ttft.p99"), 400, 60, 0.2));
    tails.put("itl.p99", noise(seed.derive("itl.p99"), 30, 2, 0.2));
  }

  private Drift drift() {
    return TrendTests.of(PHASE, series, tails);
  }

  private void growing(DriftMetric metric, double sharePerHour) {
    double[] values = series.getOrDefault(metric, new double[0]);
    Arrays.setAll(values, i -> values[i] * (1 + sharePerHour * PHASE.hours(i)));
  }

  private static Trend trend(Drift drift, DriftMetric metric) {
    return drift.trends().stream()
        .filter(each -> each.metric() == metric)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void of_fiftyCleanRuns_raisesFewAlarms() {
    int alarms = 0;
    for (long seed = 0; seed < 50; seed++) {
      clean(seed);
      Drift drift = drift();
      alarms += (int) drift.trends().stream().filter(Trend::drifting).count();
      alarms += (int) drift.spikes().stream().filter(Spikes::found).count();
    }
    assertThat(alarms).isLessThanOrEqualTo(5);
  }

  @Test
  void of_itlThatGrows3PercentAnHour_saysSo_andNothingElse() {
    for (long seed = 0; seed < 10; seed++) {
      clean(seed);
      growing(DriftMetric.ITL, 0.03);
      Drift drift = drift();
      Trend itl = trend(drift, DriftMetric.ITL);
      assertThat(itl.percent(itl.perHour())).as("seed %d", seed).isCloseTo(3, within(0.3));
      assertThat(itl.percent(itl.low())).isLessThan(3.1);
      assertThat(itl.percent(itl.high())).isGreaterThan(2.9);
      assertThat(drift.worse()).as("seed %d", seed).containsExactly(itl);
      assertThat(drift.leaks()).isEmpty();
    }
  }

  @Test
  void of_trendForTheBetter_driftsButIsNotWorse() {
    clean(1);
    growing(DriftMetric.ITL, -0.03);
    growing(DriftMetric.OUTPUT_TPS, 0.05);
    Drift drift = drift();
    assertThat(trend(drift, DriftMetric.ITL).drifting()).isTrue();
    assertThat(trend(drift, DriftMetric.OUTPUT_TPS).drifting()).isTrue();
    assertThat(drift.worse()).isEmpty();
    growing(DriftMetric.OUTPUT_TPS, -0.15);
    assertThat(drift().worse()).extracting(Trend::metric).containsExactly(DriftMetric.OUTPUT_TPS);
  }

  @Test
  void of_sureButTinyTrend_isNoDrift() {
    clean(1);
    double[] itl = new double[WINDOWS];
    Arrays.setAll(itl, i -> 20 + 0.0005 * i);
    series.put(DriftMetric.ITL, itl);
    Trend tiny = trend(drift(), DriftMetric.ITL);
    assertThat(tiny.adjusted()).isLessThan(1e-6);
    assertThat(tiny.drifting()).isFalse();
  }

  @Test
  void of_clientsOwnGrowth_isALeakOfOurs() {
    clean(3);
    growing(DriftMetric.RESIDENT, 0.05);
    Drift drift = drift();
    assertThat(drift.leaks()).extracting(Trend::metric).containsExactly(DriftMetric.RESIDENT);
    assertThat(drift.worse()).isEmpty();
    assertThat(DriftWords.findings(drift)).anyMatch(words -> words.contains("the client's own"));
  }

  @Test
  void of_waitingThatGrowsFrom0_drifts_withoutAPercentage() {
    clean(4);
    double[] waiting = new double[WINDOWS];
    Arrays.setAll(waiting, i -> Math.floor(i / 20.0));
    series.put(DriftMetric.WAITING, waiting);
    Trend found = trend(drift(), DriftMetric.WAITING);
    assertThat(found.drifting()).isTrue();
    assertThat(found.perHour()).isCloseTo(3, within(0.1));
  }

  @Test
  void of_spikesEvery10Minutes_findsThePeriod_andSaysWhen() {
    clean(5);
    double[] ttft = tails.getOrDefault("ttft.p99", new double[0]);
    for (int i = 7; i < WINDOWS; i += 10) {
      ttft[i] += 900;
    }
    Drift drift = drift();
    Spikes spikes = drift.spikes().getFirst();
    assertThat(spikes.metric()).isEqualTo("ttft.p99");
    assertThat(spikes.found()).isTrue();
    assertThat(spikes.periodS()).isCloseTo(600, within(6.0));
    assertThat(spikes.amplitude()).isCloseTo(900, within(90.0));
    // the phase begins at 60 s, and the first spike is in its eighth minute
    assertThat(spikes.firstS()).isCloseTo(60 + 7.5 * 60, within(45.0));
    assertThat(drift.spikes().getLast().found()).isFalse();
  }

  @Test
  void of_unknownWindows_leavesThemOut() {
    clean(6);
    growing(DriftMetric.ITL, 0.03);
    double[] itl = series.getOrDefault(DriftMetric.ITL, new double[0]);
    Arrays.fill(itl, 50, 120, Double.NaN);
    series.put(DriftMetric.TTFT, new double[0]);
    double[] few = new double[WINDOWS];
    Arrays.fill(few, 19, WINDOWS, Double.NaN);
    series.put(DriftMetric.KV_USAGE, few);
    Drift drift = drift();
    Trend found = trend(drift, DriftMetric.ITL);
    assertThat(found.percent(found.perHour())).isCloseTo(3, within(0.3));
    assertThat(drift.trends())
        .extracting(Trend::metric)
        .doesNotContain(DriftMetric.TTFT, DriftMetric.KV_USAGE);
  }
}
