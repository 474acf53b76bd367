package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.analysis.drift.Drift;
import dev.candor.analysis.drift.Drift.Spikes;
import dev.candor.analysis.drift.Drift.Trend;
import dev.candor.analysis.drift.DriftMetric;
import dev.candor.analysis.drift.DriftWindows;
import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.KvCacheSettings;
import dev.candor.engine.SchedulerLimits;
import dev.candor.engine.StepTime;
import dev.candor.load.driver.LoadRun;
import dev.candor.record.AttemptRecord;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerSample;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Slo;
import dev.candor.scenario.Timeouts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Four hours against the simulator, whose truth is known: few users and slow tokens, so that each
 * takes a moment.
 */
final class SoakTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;
  private static final long MINUTE = 60 * SECOND;
  private static final long WARM_UP = 5 * MINUTE;
  private static final long SOAK = 240 * MINUTE;

  /** About 0.6 s a token; what else is in a batch, and a jitter of 5 %, make the noise. */
  private static final EngineSettings SLOW =
      new EngineSettings(
          new StepTime(0, 450 * MS, 0.2 * MS, 0, 20 * MS, 0, 0.05, MS, 0),
          new SchedulerLimits(16, 8192, 8192, true, 0, 0),
          new KvCacheSettings(16, 1000, false));

  private static final Slo CHAT = new Slo(null, 1_500 * MS, 900 * MS, null, null, null, null);

  private static LoadStep users(String name, long nanos, boolean warmup) {
    return new LoadStep.Closed(name, nanos, warmup, 6, 6, new Distribution.Constant(0));
  }

  private static Drift soak(long seed, Consumer<VirtualRun> planted) {
    VirtualRun run =
        new VirtualRun(
            SLOW,
            new Seed(seed),
            new Distribution.Uniform(100, 900),
            new Distribution.Uniform(10, 50),
            Timeouts.DEFAULT);
    List<AttemptRecord> attempts = new ArrayList<>();
    List<ServerSample> samples = new ArrayList<>();
    run.onAttempt(attempts::add);
    run.onSamples(
        told ->
            told.stream()
                .filter(
                    each ->
                        each.metric() == ServerMetric.KV_USAGE
                            || each.metric() == ServerMetric.WAITING)
                .forEach(samples::add));
    planted.accept(run);
    LoadRun load =
        run.carryOut(List.of(users("warm-up", WARM_UP, true), users("hold", SOAK, false)), MINUTE);
    attempts.sort(Comparator.comparingLong(AttemptRecord::intended));
    DriftWindows windows = new DriftWindows(load.phases());
    attempts.forEach(attempt -> windows.add(attempt, CHAT));
    return Objects.requireNonNull(windows.drift(List.of(), List.of(), samples));
  }

  private static Trend trend(Drift drift, DriftMetric metric) {
    return drift.trends().stream()
        .filter(each -> each.metric() == metric)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void leakOf3PercentAnHour_isFound_withItsSlope() {
    for (long seed = 0; seed < 3; seed++) {
      Drift drift =
          soak(
              seed,
              run -> {
                for (long at = 0; at < WARM_UP + SOAK; at += MINUTE) {
                  double hours = Math.max(0, at - WARM_UP) / 3_600e9;
                  run.time.at(at, () -> run.server.slowdown(1 + 0.03 * hours));
                }
              });
      Trend itl = trend(drift, DriftMetric.ITL);
      assertThat(itl.percent(itl.perHour())).as("seed %d: %s", seed, itl).isCloseTo(3, within(0.5));
      assertThat(drift.worse()).as("seed %d", seed).contains(itl);
      assertThat(drift.windows()).isEqualTo(240);
    }
  }

  @Test
  void withoutALeak_50SeedsRaiseAtMost5Alarms() {
    List<String> alarms = new ArrayList<>();
    int tests = 0;
    for (long seed = 100; seed < 150; seed++) {
      long number = seed;
      Drift drift = soak(seed, run -> {});
      tests += drift.trends().size() + drift.spikes().size();
      Stream.concat(
              drift.trends().stream().filter(Trend::drifting).map(t -> t.metric() + " " + t.p()),
              drift.spikes().stream()
                  .filter(Spikes::found)
                  .map(s -> s.metric() + " " + s.periodS()))
          .forEach(alarm -> alarms.add("seed " + number + ": " + alarm));
    }
    assertThat(alarms).hasSizeLessThanOrEqualTo(5);
    assertThat(tests).isGreaterThanOrEqualTo(50 * 6);
  }

  @Test
  void spikeEvery10Minutes_isFound_withItsPeriod() {
    for (long seed = 0; seed < 3; seed++) {
      Drift drift =
          soak(
              seed,
              run -> {
                for (long at = 3 * MINUTE; at < WARM_UP + SOAK; at += 10 * MINUTE) {
                  run.time.at(at, () -> run.server.slowdown(4));
                  run.time.at(at + 30 * SECOND, () -> run.server.slowdown(1));
                }
              });
      Spikes ttft = drift.spikes().getFirst();
      assertThat(ttft.metric()).isEqualTo("ttft.p99");
      assertThat(ttft.found()).as("seed %d: %s", seed, ttft).isTrue();
      assertThat(ttft.periodS()).as("seed %d", seed).isCloseTo(600, within(30.0));
      assertThat(drift.worse()).as("seed %d", seed).isEmpty();
    }
  }
}
