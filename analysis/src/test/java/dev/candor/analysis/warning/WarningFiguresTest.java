package dev.candor.analysis.warning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.analysis.Analysis.Window;
import dev.candor.analysis.warning.EarlyWarning.Lead;
import dev.candor.analysis.warning.EarlyWarning.Row;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerSample;
import dev.candor.record.SweepStep;
import dev.candor.record.TokenSource;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Slo;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WarningFiguresTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;
  private static final Slo SLO = new Slo(null, 500 * MS, null, null, null, null, null);

  @TempDir Path temp;
  private Scenario scenario;
  private final List<PhaseRecord> phases = new ArrayList<>();
  private final List<AttemptRecord> attempts = new ArrayList<>();
  private final List<ServerSample> samples = new ArrayList<>();
  private IntToDoubleFunction itl = second -> 10;
  private long next;

  @BeforeEach
  void read() throws Exception {
    Path file = Files.writeString(temp.resolve("s.yaml"), "load: [{users: 1, for: 1s}]");
    scenario = ScenarioFile.read(file, Overrides.NONE, name -> null);
  }

  private void phase(String name, int from, int to, boolean ramp, boolean sweep) {
    phases.add(
        new PhaseRecord(
            phases.size(),
            name,
            "closed",
            10,
            null,
            ramp,
            false,
            (to - from) * SECOND,
            from * SECOND,
            to * SECOND,
            0,
            null,
            sweep ? new SweepStep(10, from * SECOND, true, SweepStep.Mark.GOOD, "") : null));
  }

  /** Ten requests a second, which take {@code ttft} to their first token, or fail at their end. */
  private void second(int second, long ttft, Outcome outcome) {
    int phase = -1;
    for (PhaseRecord each : phases) {
      phase = second * SECOND >= each.startNanos() ? each.index() : phase;
    }
    for (int i = 0; i < 10; i++) {
      attempts.add(attempt(phase, second * SECOND + i * (100 * MS), ttft, outcome));
    }
  }

  private AttemptRecord attempt(int phase, long sent, long ttft, Outcome outcome) {
    int none = AttemptRecord.NONE;
    boolean completed = outcome == Outcome.COMPLETED;
    long first = completed ? sent + ttft : none;
    return new AttemptRecord(
        next++,
        1,
        phase,
        "chat",
        0,
        0,
        none,
        0,
        sent,
        sent,
        none,
        first,
        none,
        first,
        first,
        sent + ttft + (completed ? SECOND : 0),
        none,
        outcome,
        200,
        null,
        null,
        100,
        100,
        none,
        none,
        100,
        none,
        TokenSource.USAGE,
        100,
        0,
        0,
        0,
        HttpPhases.UNKNOWN,
        new long[0],
        new int[0],
        new long[0],
        new long[0]);
  }

  private void server(int second, double kv, double waiting) {
    long at = second * SECOND + SECOND / 4;
    samples.add(new ServerSample(at, 0, ServerMetric.KV_USAGE, kv / 2));
    samples.add(new ServerSample(at, 1, ServerMetric.KV_USAGE, kv));
    samples.add(new ServerSample(at, 0, ServerMetric.WAITING, waiting));
    samples.add(new ServerSample(at, 1, ServerMetric.WAITING, waiting));
  }

  private @Nullable EarlyWarning result(int seconds) {
    WarningFigures figures = new WarningFigures(phases, scenario);
    attempts.forEach(attempt -> figures.add(attempt, SLO));
    List<Window> windows = new ArrayList<>();
    for (int second = 0; second < seconds; second++) {
      windows.add(window(second, itl.applyAsDouble(second)));
    }
    return figures.result(windows, samples);
  }

  private static Window window(int second, double itl) {
    return new Window(
        second, "", false, Set.of(), 10, 10, 10, 0, 0, 0, 50.0, 60.0, 70.0, 50.0, itl, itl, itl,
        1.0, 0, 0, null, null, null, 0, null, null, null, null, 0, 0, 0);
  }

  private static Row row(EarlyWarning warning, Signal signal) {
    return warning.signals().stream()
        .filter(each -> each.signal() == signal)
        .findFirst()
        .orElseThrow();
  }

  private static double least(@Nullable Lead lead) {
    return Objects.requireNonNull(lead).least();
  }

  /** From second 60 on late, from 80 on failing; KV use 90 % at 45, a queue of 8 at 55. */
  private void climb() {
    phase("climb", 0, 100, true, false);
    for (int second = 0; second < 100; second++) {
      if (second >= 80) {
        second(second, 2 * SECOND, Outcome.TIMEOUT_FIRST_TOKEN);
      } else {
        second(second, second < 60 ? 100 * MS : 900 * MS, Outcome.COMPLETED);
      }
      server(second, Math.min(1, second / 50.0), second < 55 ? 0 : 4);
    }
  }

  @Test
  void ramp_leadsAreFromTheOnsets_toTheInstantsAtWhichSlosWereMissed() {
    climb();
    EarlyWarning warning = Objects.requireNonNull(result(100));
    // The request of second 60 was late half a second after it was sent.
    assertThat(warning.troubles())
        .containsExactly(new EarlyWarning.Trouble("climb", 0, 60.5, 60.5, 82.0));
    Row kv = row(warning, Signal.KV_USAGE);
    assertThat(kv.onsetS()).isEqualTo(46.25);
    assertThat(kv.level()).isCloseTo(0.94, within(1e-9));
    assertThat(least(kv.toMissed())).isEqualTo(14.25);
    assertThat(least(kv.toFirstError())).isEqualTo(35.75);
    // Of the fullest address, not of both; in the first half of the way.
    assertThat(kv.good()).isCloseTo(0.56, within(1e-9));
    assertThat(kv.alertAt()).isCloseTo(0.75, within(1e-9));
    Row waiting = row(warning, Signal.WAITING);
    assertThat(waiting.level()).isEqualTo(8);
    assertThat(least(waiting.toMissed())).isEqualTo(5.25);
    assertThat(waiting.alertAt()).isEqualTo(4);
    assertThat(Objects.requireNonNull(warning.best()).signal()).isEqualTo(Signal.KV_USAGE);
    assertThat(warning.sentence())
        .isEqualTo(
            "alert on KV cache in use above 75 %: it was at 94 % 14.3 s ahead of the missed SLOs and 35.8 s ahead of the first error, and never above 56 % while all was well");
  }

  @Test
  void ramp_aSignalThatGrowsWithTheLoad_isNoneToAlertOn() {
    climb();
    itl = second -> 10 + second / 10.0;
    Row grows = row(Objects.requireNonNull(result(100)), Signal.ITL_P50);
    assertThat(grows.good()).isCloseTo(12.8, within(1e-9));
    assertThat(grows.toMissed()).satisfies(lead -> assertThat(least(lead)).isNegative());
    itl = second -> 10;
    Row steady = row(Objects.requireNonNull(result(100)), Signal.ITL_P50);
    assertThat(steady.onsetS()).isNull();
    assertThat(steady.alertAt()).isNull();
  }

  @Test
  void goodRun_hasNoTrouble_whateverItsSignals() {
    phase("calm", 0, 100, true, false);
    for (int second = 0; second < 100; second++) {
      second(second, 100 * MS, Outcome.COMPLETED);
      server(second, 1, 50);
    }
    attempts.add(attempt(0, 50 * SECOND, SECOND, Outcome.SERVER_ERROR));
    assertThat(result(100)).isNull();
  }

  @Test
  void sweep_leadsAreWithinTheStep_andAGoodStepsLevelIsNoWarning() {
    // Good at KV 95 %; two bad steps, in which a queue grows 4 and 6 s ahead.
    phase("20", 0, 20, false, true);
    phase("40", 30, 50, false, true);
    phase("80", 60, 80, false, true);
    phase("60", 90, 110, false, true);
    for (int second = 0; second < 110; second++) {
      boolean idle = second % 30 >= 20;
      boolean bad = second >= 60;
      int late = second < 90 ? 68 : 100;
      if (!idle) {
        second(second, bad && second >= late ? 900 * MS : 100 * MS, Outcome.COMPLETED);
      }
      int queue = second < 90 ? 64 : 94;
      server(second, idle ? 0 : 0.95, bad && !idle && second >= queue ? 10 : 0);
    }
    EarlyWarning warning = Objects.requireNonNull(result(110));
    assertThat(warning.troubles())
        .extracting(EarlyWarning.Trouble::name)
        .containsExactly("80", "60");
    Row waiting = row(warning, Signal.WAITING);
    assertThat(waiting.onsets()).isEqualTo(2);
    assertThat(waiting.toMissed()).isEqualTo(new Lead(5.25, 4.25));
    Row kv = row(warning, Signal.KV_USAGE);
    assertThat(kv.onsets()).isEqualTo(2);
    assertThat(kv.alertAt()).isNull();
    assertThat(Objects.requireNonNull(warning.best()).signal()).isEqualTo(Signal.WAITING);
  }

  @Test
  void steadyOverload_goodIsWhatWasBeforeTheOnset() {
    phase("overload", 0, 60, false, false);
    for (int second = 0; second < 60; second++) {
      second(second, second < 40 ? 100 * MS : 900 * MS, Outcome.COMPLETED);
      server(second, 0.5, second < 25 ? 0 : second - 20);
    }
    Row waiting = row(Objects.requireNonNull(result(60)), Signal.WAITING);
    assertThat(waiting.onsetS()).isNotNull();
    assertThat(Objects.requireNonNull(waiting.onsetS())).isBetween(24.0, 28.0);
    assertThat(waiting.good()).isZero();
    assertThat(least(waiting.toMissed())).isGreaterThan(12);
  }

  @Test
  void troubleBeforeAllSignals_nothingIsAdvised() {
    phase("hold", 0, 60, true, false);
    for (int second = 0; second < 60; second++) {
      second(second, second < 20 ? 100 * MS : 900 * MS, Outcome.COMPLETED);
      server(second, 0.1, second < 40 ? 0 : 9);
    }
    EarlyWarning warning = Objects.requireNonNull(result(60));
    assertThat(least(row(warning, Signal.WAITING).toMissed())).isEqualTo(20.5 - 40.25);
    assertThat(warning.best()).isNull();
    assertThat(warning.sentence()).startsWith("no signal told of the trouble in hold");
    assertThat(AlertRules.text(warning, "s", null)).isNull();
  }

  @Test
  void warmUp_isNoPartOfIt() {
    phase("hold", 0, 60, true, false);
    PhaseRecord hold = phases.getFirst();
    phases.set(
        0,
        new PhaseRecord(
            0, "w", "closed", 1, null, false, true, 1, 0, hold.endNanos(), 0, null, null));
    for (int second = 0; second < 60; second++) {
      second(second, 900 * MS, Outcome.COMPLETED);
    }
    assertThat(result(60)).isNull();
  }
}
