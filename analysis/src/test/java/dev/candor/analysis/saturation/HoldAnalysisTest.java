package dev.candor.analysis.saturation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.analysis.Analysis.Window;
import dev.candor.analysis.Summary;
import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.record.PhaseRecord;
import dev.candor.record.SweepStep;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.Sweep;
import dev.candor.scenario.Sweep.Dimension;
import dev.candor.scenario.Threshold;
import dev.candor.scenario.Threshold.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class HoldAnalysisTest {
  private static final long SECOND = 1_000_000_000;
  private static final int LENGTH = 300;

  private final RandomGenerator random = new Seed(5).stream();

  private static Sweep sweep() {
    return new Sweep(
        Dimension.USERS,
        1,
        100,
        0.05,
        List.of(new Threshold("goodput >= 99%", "goodput", null, Comparison.AT_LEAST, 0.99)),
        0,
        new Distribution.Constant(0),
        new ArrivalProcess.Poisson(),
        new Sweep.Step(1, 1, 1, 1, 1, 1),
        2,
        new Sweep.Hold(0.8, LENGTH * SECOND));
  }

  private static MeasuredStep hold(double goodput) {
    SweepStep said = new SweepStep(30, 0, true, SweepStep.Mark.HOLD, "a stall");
    return new MeasuredStep(
        said,
        new Summary.Phase(
            "hold-30",
            "closed",
            30,
            null,
            LENGTH,
            new Summary.Requests(1000, 1000, 0, 0, 0, 0, 0, new TreeMap<>()),
            1000,
            1,
            new Summary.Tokens(0, 0, 0, 0, 0, 0, 0, "usage"),
            new Summary.Rates(3, 3, 3, 100, 0, 0, 30),
            Map.of(),
            new Summary.Goodput(goodput, 3, 0, new TreeMap<>()),
            null,
            new Summary.Cache(null, null, null, null),
            Summary.Sessions.NONE,
            Summary.Http.NONE,
            List.of(),
            Summary.Client.UNWATCHED));
  }

  private static PhaseRecord phase(int seconds) {
    return new PhaseRecord(
        3, "hold-30", "closed", 30, null, false, false, 0, 0, seconds * SECOND, 0);
  }

  private double noisy(double value) {
    return value * (1 + 0.05 * random.nextGaussian());
  }

  private List<Window> windows(
      int count, IntToDoubleFunction ttft, IntToDoubleFunction itl, IntToDoubleFunction inFlight) {
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double first = noisy(ttft.applyAsDouble(i));
      double gap = noisy(itl.applyAsDouble(i));
      windows.add(
          new Window(
              i,
              "hold-30",
              false,
              Set.of(),
              inFlight.applyAsDouble(i),
              3,
              3,
              0,
              100,
              100,
              first,
              first,
              first,
              first,
              gap,
              gap,
              gap,
              1.0,
              0,
              0,
              null,
              null,
              null,
              0,
              null,
              null,
              null,
              null,
              0,
              0,
              0));
    }
    return windows;
  }

  private Saturation.HoldVerdict verdict(List<Window> windows) {
    return HoldAnalysis.of(hold(1), phase(LENGTH), windows, sweep());
  }

  @Test
  void of_nothingGrows_isStable() {
    assertThat(verdict(windows(LENGTH, i -> 80, i -> 20, i -> 30)).stable()).isTrue();
  }

  @Test
  void of_ttftGrows_isNotStable() {
    Saturation.HoldVerdict found = verdict(windows(LENGTH, i -> 80 + 0.1 * i, i -> 20, i -> 30));

    assertThat(found.stable()).isFalse();
    assertThat(found.reasons()).singleElement().asString().startsWith("TTFT grew by");
  }

  @Test
  void of_itlGrows_isNotStable() {
    Saturation.HoldVerdict found = verdict(windows(LENGTH, i -> 80, i -> 20 + 0.02 * i, i -> 30));

    assertThat(found.reasons()).singleElement().asString().startsWith("ITL grew by");
  }

  @Test
  void of_theQueueGrows_isNotStable() {
    Saturation.HoldVerdict found = verdict(windows(LENGTH, i -> 80, i -> 20, i -> 30 + 0.2 * i));

    assertThat(found.reasons())
        .singleElement()
        .asString()
        .startsWith("the number of requests in flight grew by");
  }

  @Test
  void of_whatFalls_isNoReason() {
    assertThat(verdict(windows(LENGTH, i -> 120 - 0.1 * i, i -> 20, i -> 30)).stable()).isTrue();
  }

  @Test
  void of_aChangeThatNobodyWouldCallOne_isStable() {
    assertThat(verdict(windows(LENGTH, i -> 80 + 0.005 * i, i -> 20, i -> 30)).stable()).isTrue();
  }

  @Test
  void of_conditionMissed_isNotStable() {
    Saturation.HoldVerdict found =
        HoldAnalysis.of(
            hold(0.95), phase(LENGTH), windows(LENGTH, i -> 80, i -> 20, i -> 30), sweep());

    assertThat(found.reasons())
        .singleElement()
        .asString()
        .contains("goodput >= 99% was not met: 0.95");
  }

  @Test
  void of_aHoldThatEndedEarly_isNotStable() {
    Saturation.HoldVerdict found =
        HoldAnalysis.of(hold(1), phase(60), windows(60, i -> 80, i -> 20, i -> 30), sweep());

    assertThat(found.reasons())
        .singleElement()
        .asString()
        .contains("it ended after 60 of 300 s: a stall");
  }

  @Test
  void of_tooFewSeconds_isNotVerified() {
    Saturation.HoldVerdict found = verdict(windows(8, i -> 80, i -> 20, i -> 30));

    assertThat(found.stable()).isFalse();
    assertThat(found.reasons()).singleElement().asString().contains("too short to tell");
  }
}
