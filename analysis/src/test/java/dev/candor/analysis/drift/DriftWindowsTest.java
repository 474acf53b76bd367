package dev.candor.analysis.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunInfo;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerSample;
import dev.candor.record.TokenSource;
import dev.candor.scenario.Slo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DriftWindowsTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;
  private static final long START = 30 * SECOND;

  private static PhaseRecord phase(
      String name, long startSeconds, long endSeconds, boolean ramp, boolean warmup) {
    return new PhaseRecord(
        0,
        name,
        "closed",
        10,
        null,
        ramp,
        warmup,
        (endSeconds - startSeconds) * SECOND,
        startSeconds * SECOND,
        endSeconds * SECOND,
        0);
  }

  private static List<PhaseRecord> hold(long seconds) {
    return List.of(phase("up", 0, 30, true, true), phase("hold", 30, 30 + seconds, false, false));
  }

  private static AttemptRecord attempt(long intended, long ttft, long gap, int tokens) {
    long[] nanos = new long[tokens];
    int[] carried = new int[tokens];
    Arrays.fill(carried, 1);
    Arrays.setAll(nanos, i -> intended + ttft + i * gap);
    long last = nanos[tokens - 1];
    return new AttemptRecord(
        0,
        1,
        0,
        "c",
        0,
        0,
        -1,
        0,
        intended,
        intended,
        intended,
        nanos[0],
        nanos[1],
        nanos[0],
        last,
        last,
        -1,
        Outcome.COMPLETED,
        200,
        null,
        null,
        1,
        1,
        -1,
        -1,
        tokens,
        -1,
        TokenSource.USAGE,
        1,
        1,
        0,
        0,
        HttpPhases.UNKNOWN,
        nanos,
        carried,
        new long[0],
        new long[0]);
  }

  private static Drift drift(DriftWindows windows) {
    return Objects.requireNonNull(windows.drift(List.of(), List.of(), List.of()));
  }

  private static List<Double> values(Drift drift, DriftMetric metric) {
    return drift.trends().stream()
        .filter(each -> each.metric() == metric)
        .findFirst()
        .orElseThrow()
        .values();
  }

  @Test
  void phase_under4Minutes_isNotTested() {
    DriftWindows windows = new DriftWindows(hold(239));
    windows.add(attempt(START, 100 * MS, 10 * MS, 5), Slo.NONE);
    assertThat(windows.drift(List.of(), List.of(), List.of())).isNull();
    assertThat(Drift.testable(239 * SECOND)).isFalse();
    assertThat(Drift.testable(240 * SECOND)).isTrue();
    assertThat(SteadyPhase.of(hold(240))).isNotNull();
  }

  @Test
  void phase_isTheLongestSteadyOne_inWindowsThatAreAFewHundred() {
    assertThat(SteadyPhase.of(hold(4 * 3600)))
        .isEqualTo(new SteadyPhase("hold", START, 60 * SECOND, 240));
    assertThat(SteadyPhase.of(hold(1800)))
        .isEqualTo(new SteadyPhase("hold", START, 10 * SECOND, 180));
    assertThat(SteadyPhase.of(hold(48 * 3600)))
        .isEqualTo(new SteadyPhase("hold", START, 900 * SECOND, 192));
    List<PhaseRecord> several = new ArrayList<>(hold(300));
    several.add(phase("long", 400, 1000, false, false));
    several.add(phase("ramp", 1000, 9000, true, false));
    assertThat(SteadyPhase.of(several)).extracting(SteadyPhase::name).isEqualTo("long");
  }

  @Test
  void medians_areOfTheWindowsPooledSamples() {
    DriftWindows windows = new DriftWindows(hold(300));
    RandomGenerator random = new Seed(4).stream();
    List<List<Double>> ttfts =
        IntStream.range(0, 30).<List<Double>>mapToObj(i -> new ArrayList<>()).toList();
    for (long at = 0; at < 310 * SECOND; at += 100 * MS) {
      long ttft = (long) ((50 + 400 * random.nextDouble()) * MS);
      long first = at + ttft;
      int window = (int) (first / (10 * SECOND));
      if (window < 30 && at < 300 * SECOND) {
        ttfts.get(window).add(ttft / 1e6);
      }
      windows.add(attempt(START + at, ttft, 20 * MS, 3), Slo.NONE);
    }
    List<Double> found = values(drift(windows), DriftMetric.TTFT);
    for (int i = 0; i < 30; i++) {
      List<Double> sorted = ttfts.get(i).stream().sorted().toList();
      assertThat(found.get(i))
          .as("window %d", i)
          .isCloseTo(sorted.get((sorted.size() - 1) / 2), within(1.0));
    }
  }

  @Test
  void tokens_countWhereTheyArrive_andOnlyInsideThePhase() {
    DriftWindows windows = new DriftWindows(hold(240));
    // 100 s of tokens, ten a second, from an attempt that the ramp began
    windows.add(attempt(START - 50 * SECOND, 0, 100 * MS, 1000), Slo.NONE);
    // and one that outlasts the phase
    windows.add(attempt(START + 235 * SECOND, 0, 100 * MS, 1000), Slo.NONE);
    windows.closeAll();
    double[] found = windows.series(DriftMetric.OUTPUT_TPS);
    assertThat(found[0]).isEqualTo(10);
    assertThat(found[4]).isEqualTo(10);
    assertThat(found[5]).isNaN();
    assertThat(found[23]).isEqualTo(5);
    assertThat(windows.series(DriftMetric.ITL)[2]).isCloseTo(100, within(0.1));
  }

  @Test
  void memory_isThatOfTheOpenWindows() {
    DriftWindows windows = new DriftWindows(hold(4 * 3600));
    int most = 0;
    for (long at = 0; at < 4 * 3600 * SECOND; at += SECOND) {
      windows.add(attempt(START + at, 100 * MS, 50 * MS, 200), Slo.NONE);
      most = Math.max(most, windows.open());
    }
    assertThat(most).isLessThanOrEqualTo(2);
    assertThat(values(drift(windows), DriftMetric.OUTPUT_TPS).get(100)).isCloseTo(200, within(1.0));
  }

  @Test
  void goodput_isOfTheRequestsIntendedInTheWindow() {
    DriftWindows windows = new DriftWindows(hold(240));
    Slo slo = new Slo(null, 150 * MS, null, null, null, null, null);
    for (long at = 0; at < 240 * SECOND; at += SECOND) {
      long ttft = at >= 120 * SECOND && (at / SECOND) % 2 == 0 ? 200 * MS : 100 * MS;
      windows.add(attempt(START + at, ttft, 10 * MS, 3), slo);
    }
    List<Double> found = values(drift(windows), DriftMetric.GOODPUT);
    assertThat(found.get(3)).isEqualTo(1);
    assertThat(found.get(20)).isEqualTo(0.5);
  }

  @Test
  void clientAndServer_areMeansOfTheirSamples_inTheSameWindows() {
    DriftWindows windows = new DriftWindows(hold(240));
    List<HealthWindow> health = new ArrayList<>();
    List<ServerSample> server = new ArrayList<>();
    for (int second = 0; second < 300; second++) {
      long mib = second < 150 ? 100 : 200;
      health.add(
          new HealthWindow(
              second,
              0,
              0,
              HealthWindow.Pauses.UNKNOWN,
              new HealthWindow.Cpu(0, null, null, null),
              new HealthWindow.Queues(null, null, 0, 0, 0),
              1,
              1,
              1,
              new HealthWindow.Memory(null, mib << 20, null, null, null, 7L, 2L)));
      server.add(new ServerSample(second * SECOND, 0, ServerMetric.KV_USAGE, 0.25));
      server.add(new ServerSample(second * SECOND, 1, ServerMetric.KV_USAGE, 0.75));
      server.add(new ServerSample(second * SECOND, 1, ServerMetric.WAITING, second));
    }
    Drift drift = Objects.requireNonNull(windows.drift(List.of(), health, server));
    assertThat(values(drift, DriftMetric.HEAP).get(11)).isEqualTo(100);
    assertThat(values(drift, DriftMetric.HEAP).get(12)).isEqualTo(200);
    assertThat(values(drift, DriftMetric.KV_USAGE)).containsOnly(0.5);
    assertThat(values(drift, DriftMetric.NEW_CONNECTIONS)).containsOnly(2.0);
    assertThat(values(drift, DriftMetric.WAITING).getFirst()).isEqualTo(34.5);
    assertThat(drift.trends())
        .extracting(Drift.Trend::metric)
        .doesNotContain(DriftMetric.RESIDENT, DriftMetric.TTFT);
  }

  @Test
  void gaps_leaveTheirWindowsOut() {
    DriftWindows windows = new DriftWindows(hold(300));
    for (long at = 0; at < 300 * SECOND; at += SECOND) {
      windows.add(attempt(START + at, 100 * MS, 10 * MS, 3), Slo.NONE);
    }
    RunInfo.Gap gap = new RunInfo.Gap(START + 25 * SECOND, START + 41 * SECOND);
    Drift drift = Objects.requireNonNull(windows.drift(List.of(gap), List.of(), List.of()));
    List<Double> found = values(drift, DriftMetric.TTFT);
    assertThat(found.subList(2, 5)).containsOnly(Double.NaN);
    assertThat(found.get(1)).isNotNaN();
    assertThat(found.get(5)).isNotNaN();
  }
}
