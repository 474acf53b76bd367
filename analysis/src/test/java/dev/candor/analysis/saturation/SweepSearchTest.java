package dev.candor.analysis.saturation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.analysis.Summary;
import dev.candor.analysis.saturation.SweepSearch.Next;
import dev.candor.base.stats.Distribution;
import dev.candor.record.PhaseRecord;
import dev.candor.record.SweepStep;
import dev.candor.record.SweepStep.Mark;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.Sweep;
import dev.candor.scenario.Sweep.Dimension;
import dev.candor.scenario.Threshold;
import dev.candor.scenario.Threshold.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The search and the knee, on steps whose figures are made up. */
final class SweepSearchTest {
  private static final Threshold GOODPUT =
      new Threshold("goodput >= 99%", "goodput", null, Comparison.AT_LEAST, 0.99);

  private final List<MeasuredStep> steps = new ArrayList<>();
  private final List<PhaseRecord> phases = new ArrayList<>();
  private final List<Summary.Phase> figures = new ArrayList<>();

  private static Sweep sweep(Dimension dimension, double from, double to, double marginal) {
    return new Sweep(
        dimension,
        from,
        to,
        0.05,
        List.of(GOODPUT),
        marginal,
        new Distribution.Constant(0),
        new ArrivalProcess.Poisson(),
        new Sweep.Step(1, 1, 1, 1, 1, 1),
        2,
        null);
  }

  /** A step in which so many of 400 requests were good, with so many tokens a second. */
  private void step(double level, int good, double tps) {
    step(level, good, 400, tps, good >= 396 ? Mark.GOOD : Mark.BAD);
  }

  private void step(double level, int good, int of, double tps, Mark mark) {
    String name = "step-" + steps.size();
    SweepStep said = new SweepStep(level, 0, true, mark, "");
    Summary.Phase phase =
        new Summary.Phase(
            name,
            "closed",
            (int) level,
            null,
            10,
            new Summary.Requests(of, of, 0, 0, 0, 0, 0, new TreeMap<>()),
            of,
            1,
            new Summary.Tokens(0, 0, 0, 0, 0, 0, 0, "usage"),
            new Summary.Rates(of / 10.0, of / 10.0, of / 10.0, tps, 0, 0, level),
            Map.of(),
            new Summary.Goodput((double) good / of, good / 10.0, 0, new TreeMap<>()),
            null,
            new Summary.Cache(null, null, null, null),
            Summary.Sessions.NONE,
            Summary.Http.NONE,
            List.of(),
            Summary.Client.UNWATCHED);
    steps.add(new MeasuredStep(said, phase));
    figures.add(phase);
    phases.add(
        new PhaseRecord(
                phases.size(), name, "closed", (int) level, null, false, false, 10, 0, 10, 0)
            .of(said));
  }

  private Next next(Sweep sweep) {
    return new SweepSearch(sweep).next(steps);
  }

  private Saturation saturation(Sweep sweep, @Nullable String stoppedBy) {
    return SaturationAnalysis.of(sweep, phases, figures, List.of(), stoppedBy);
  }

  @Test
  void next_goesUpByAFactor_thenHalvesTheBracket_thenRepeatsItsEnds() {
    Sweep sweep = sweep(Dimension.USERS, 10, 100, 0.1);
    assertThat(next(sweep)).isEqualTo(new Next.Measure(10));
    step(10, 400, 100);
    assertThat(next(sweep)).isEqualTo(new Next.Measure(16));
    step(16, 400, 160);
    assertThat(next(sweep)).isEqualTo(new Next.Measure(26));
    step(26, 300, 260);
    assertThat(next(sweep)).isEqualTo(new Next.Measure(21));
    step(21, 400, 210);
    assertThat(next(sweep)).isEqualTo(new Next.Measure(23));
    step(23, 200, 230);
    assertThat(next(sweep)).isEqualTo(new Next.Measure(22));
    step(22, 200, 220);
    assertThat(next(sweep)).isEqualTo(new Next.Measure(21));
    step(21, 398, 210);
    assertThat(next(sweep)).isEqualTo(new Next.Measure(22));
    step(22, 390, 220);
    assertThat(next(sweep)).isInstanceOf(Next.Done.class);
    assertThat(new SweepSearch(sweep).knee(steps)).isEqualTo(21);
  }

  @Test
  void next_repeatThatTurnsTheVerdict_goesOnFromThere() {
    Sweep sweep = sweep(Dimension.USERS, 10, 100, 0);
    step(10, 400, 100);
    step(16, 400, 160);
    step(17, 390, 160);
    // 396 of 400 and 380 of 400 together are under 99 %.
    step(16, 380, 160);
    assertThat(next(sweep)).isEqualTo(new Next.Measure(13));
    assertThat(new SweepSearch(sweep).knee(steps)).isEqualTo(10);
  }

  @Test
  void next_firstLevelBad_goesDownToOne_andGivesUp() {
    Sweep sweep = sweep(Dimension.USERS, 10, 100, 0);
    step(10, 0, 100);
    assertThat(next(sweep)).isEqualTo(new Next.Measure(5));
    step(5, 0, 50);
    assertThat(next(sweep)).isEqualTo(new Next.Measure(2));
    step(2, 0, 20);
    assertThat(next(sweep)).isEqualTo(new Next.Measure(1));
    step(1, 0, 10);
    assertThat(next(sweep)).isEqualTo(new Next.Measure(1));
    step(1, 0, 10);
    assertThat(next(sweep))
        .isInstanceOfSatisfying(
            Next.Done.class, done -> assertThat(done.why()).contains("not even 1 user"));
  }

  @Test
  void next_overRates_halvesToTheResolutionAsked() {
    Sweep sweep = sweep(Dimension.RATE, 1, 50, 0);
    double knee = 7.3;
    int count = 0;
    while (next(sweep) instanceof Next.Measure measure) {
      step(measure.level(), measure.level() <= knee ? 400 : 100, measure.level());
      assertThat(++count).isLessThan(20);
    }
    Saturation found = saturation(sweep, null);
    assertThat(found.knee()).isLessThanOrEqualTo(knee);
    assertThat(Objects.requireNonNull(found.firstBad())).isGreaterThan(knee);
    assertThat(Objects.requireNonNull(found.firstBad()) / Objects.requireNonNull(found.knee()))
        .isLessThanOrEqualTo(1.0500001);
  }

  @Test
  void next_throughputThatNoLongerRises_isBad_unlessItDoesNotMatter() {
    step(10, 400, 1000);
    step(16, 400, 1600);
    step(26, 400, 1610);

    assertThat(next(sweep(Dimension.USERS, 10, 100, 0.1))).isEqualTo(new Next.Measure(21));
    assertThat(next(sweep(Dimension.USERS, 10, 100, 0))).isEqualTo(new Next.Measure(42));
  }

  @Test
  void next_throughputThatFalls_doesNotMatterWhereItIsNotAskedFor() {
    step(10, 400, 1000);
    step(16, 400, 900);

    assertThat(next(sweep(Dimension.USERS, 10, 16, 0)))
        .isInstanceOfSatisfying(
            Next.Done.class, done -> assertThat(done.why()).contains("lies higher"));
  }

  @Test
  void next_contradictionsForEver_endAtLast() {
    Sweep sweep = sweep(Dimension.USERS, 10, 100, 0);
    int count = 0;
    while (next(sweep) instanceof Next.Measure measure) {
      step(measure.level(), count % 2 == 0 ? 400 : 380, 100);
      assertThat(++count).isLessThanOrEqualTo(40);
    }
    assertThat(count).isPositive();
  }

  @Test
  void disturbedSteps_sayNothing() {
    step(10, 400, 100);
    step(16, 0, 400, 0, Mark.DISTURBED);

    assertThat(next(sweep(Dimension.USERS, 10, 100, 0))).isEqualTo(new Next.Measure(16));
  }

  @Test
  void kneeCi_reachesToWhatIsKnownBeyondDoubt() {
    Sweep sweep = sweep(Dimension.USERS, 10, 100, 0);
    step(10, 400, 100);
    step(16, 400, 160);
    step(20, 200, 200, 200, Mark.GOOD);
    // 98 of 100: below 99 %, but 99.4 % is within chance's reach.
    step(21, 98, 100, 210, Mark.BAD);
    step(26, 100, 260);

    Saturation found = saturation(sweep, null);

    assertThat(found.knee()).isEqualTo(20);
    // 200 of 200 is 98.1 % at the least; with the level's own and 16's, 600 of 600, 99.4 %.
    assertThat(Objects.requireNonNull(found.kneeCi()).low()).isEqualTo(16);
    assertThat(Objects.requireNonNull(found.kneeCi()).high()).isEqualTo(26);
    assertThat(found.operatingPoint()).isEqualTo(16);
  }

  @Test
  void kneeCi_ofOtherConditionsThanGoodput_isUnknown() {
    Threshold tps = new Threshold("output_tps > 1", "output_tps", null, Comparison.GREATER, 1);
    step(10, 400, 100);
    step(16, 100, 0.5);

    Saturation found =
        saturation(
            new Sweep(
                Dimension.USERS,
                10,
                16,
                0.05,
                List.of(tps),
                0,
                new Distribution.Constant(0),
                new ArrivalProcess.Poisson(),
                new Sweep.Step(1, 1, 1, 1, 1, 1),
                2,
                null),
            null);

    assertThat(found.knee()).isEqualTo(10);
    assertThat(found.kneeCi()).isEqualTo(new Saturation.Bounds(null, null));
  }

  @Test
  void levelThatFailed_isBad_whateverItsFigures() {
    step(10, 400, 100);
    step(16, 400, 400, 160, Mark.BAD);

    assertThat(next(sweep(Dimension.USERS, 10, 100, 0))).isEqualTo(new Next.Measure(13));
  }

  @Test
  void littleRatio_ofAStep_isRateTimesTimeOverConcurrency() {
    step(10, 400, 100);

    assertThat(saturation(sweep(Dimension.USERS, 10, 100, 0), null).steps().getFirst())
        .satisfies(
            step -> {
              assertThat(step.goodput()).isEqualTo(1);
              assertThat(step.goodputLow()).isCloseTo(0.9905, within(1e-4));
              assertThat(step.littleRatio()).isNull();
            });
  }

  @Test
  void why_ofASweepThatWasStopped_isWhatStoppedIt() {
    step(10, 400, 100);

    assertThat(saturation(sweep(Dimension.USERS, 10, 100, 0), "it broke").why())
        .isEqualTo("it broke");
    assertThat(saturation(sweep(Dimension.USERS, 10, 100, 0), null).why())
        .isEqualTo("the run ended before 16 users was measured");
  }
}
