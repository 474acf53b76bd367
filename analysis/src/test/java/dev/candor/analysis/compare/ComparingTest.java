package dev.candor.analysis.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.candor.analysis.compare.RunComparison.Change;
import dev.candor.analysis.compare.RunComparison.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComparingTest {
  private static final int PAIRS = 60;
  private static final CorrelatedRun RUN = CorrelatedRun.usual();

  private static RunComparison compared(ComparedRun base, ComparedRun... sides) {
    return Comparing.of(
        List.of(base), List.of(sides).stream().map(List::of).toList(), CompareOptions.usual());
  }

  private static Change change(RunComparison comparison, String key) {
    return comparison
        .changes()
        .filter(change -> change.metric().key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private static boolean alarms(RunComparison comparison) {
    return comparison.count(Verdict.WORSE) + comparison.count(Verdict.BETTER) > 0;
  }

  /** With as many alarms as 5 % of pairs, 60 have 7 or fewer in 99 of 100 experiments. */
  @Test
  void of_runsThatDifferBySeedAlone_seldomAlarms() {
    int alarms = 0;
    for (int i = 0; i < PAIRS; i++) {
      alarms += alarms(compared(RUN.run("a", 1000 + i), RUN.run("b", 2000 + i))) ? 1 : 0;
    }
    System.out.printf("compare: %d alarms in %d pairs%n", alarms, PAIRS);
    assertThat(alarms).as("alarms in %d pairs, seeds from 1000 and 2000", PAIRS).isLessThan(8);
  }

  /** The same, of runs that were asked the same at the same instants. */
  @Test
  void of_runsOfOneSchedule_seldomAlarms_andFindWhatOthersCannot() {
    int alarms = 0;
    int found = 0;
    int foundOtherwise = 0;
    for (int i = 0; i < PAIRS; i++) {
      ComparedRun base = RUN.sharing("a", 6000 + i, 7000 + i);
      RunComparison same = compared(base, RUN.sharing("b", 6000 + i, 8000 + i));
      assertThat(same.sides().getFirst().phases().getFirst().sharedSchedule()).isTrue();
      alarms += alarms(same) ? 1 : 0;
      CorrelatedRun slower = RUN.itl(21);
      found += isWorse(compared(base, slower.sharing("c", 6000 + i, 9000 + i))) ? 1 : 0;
      RunComparison other = compared(base, slower.sharing("d", 6500 + i, 9000 + i));
      assertThat(other.sides().getFirst().phases().getFirst().sharedSchedule()).isFalse();
      foundOtherwise += isWorse(other) ? 1 : 0;
    }
    System.out.printf(
        "compare: of one schedule %d alarms in %d pairs, 5 %% found in %d, of two schedules in %d%n",
        alarms, PAIRS, found, foundOtherwise);
    assertThat(alarms).as("alarms in %d pairs, seeds from 6000", PAIRS).isLessThan(8);
    assertThat(found).as("found of %d", PAIRS).isGreaterThan(PAIRS * 95 / 100);
    assertThat(foundOtherwise)
        .as("found of %d by other schedules", PAIRS)
        .isLessThan(PAIRS * 85 / 100);
  }

  private static boolean isWorse(RunComparison comparison) {
    return change(comparison, "itl.mean").verdict() == Verdict.WORSE;
  }

  @Test
  void sharedSchedule_isOfOneRunASide_ofOneSeedAndLoad() {
    ComparedRun run = RUN.run("a", 1);
    List<ComparedRun> base = List.of(run);
    assertThat(SharedSchedule.of(base, List.of(RUN.itl(30).run("b", 1)), "hold")).isTrue();
    assertThat(SharedSchedule.of(base, List.of(RUN.run("b", 2)), "hold")).isFalse();
    assertThat(SharedSchedule.of(base, List.of(run, run), "hold")).isFalse();
    assertThat(SharedSchedule.of(base, List.of(RUN.lasting(60).run("b", 1)), "hold")).isFalse();
    CorrelatedRun otherLoad =
        RUN.of("name: chat\nslo: {ttft: 10s}\nload: [{name: hold, rate: 6/s, for: 120s}]\n");
    assertThat(SharedSchedule.of(base, List.of(otherLoad.run("b", 1)), "hold")).isFalse();
  }

  @Test
  void of_plantedRegressionOf5Percent_isFound() {
    CorrelatedRun longer = RUN.lasting(900);
    for (int i = 0; i < 10; i++) {
      RunComparison comparison =
          compared(longer.run("a", 3000 + i), longer.itl(21).run("b", 4000 + i));
      Change itl = change(comparison, "itl.mean");
      assertThat(itl.verdict()).as("seed %d: %s", 3000 + i, itl).isEqualTo(Verdict.WORSE);
      assertThat(itl.low()).isLessThan(0.05);
      assertThat(itl.high()).isGreaterThan(0.05);
      assertThat(change(comparison, "ttft.p50").verdict()).isNotEqualTo(Verdict.WORSE);
    }
  }

  @Test
  void of_theSameRun_isTheSame() {
    ComparedRun run = RUN.lasting(900).run("a", 1);
    RunComparison comparison = compared(run, run);
    Change itl = change(comparison, "itl.p50");
    assertThat(itl.change()).isEqualTo(0);
    assertThat(itl.p()).isEqualTo(1);
    assertThat(itl.verdict()).isEqualTo(Verdict.SAME);
    assertThat(alarms(comparison)).isFalse();
    assertThat(comparison.sides().getFirst().differences()).isEmpty();
  }

  @Test
  void of_fasterRun_isBetter_andFailuresAreWorse() {
    RunComparison comparison = compared(RUN.run("a", 1), RUN.itl(15).failing(0.1).run("b", 2));
    assertThat(change(comparison, "itl.p50").verdict()).isEqualTo(Verdict.BETTER);
    Change failed = change(comparison, "failed_ratio");
    assertThat(failed.verdict()).isEqualTo(Verdict.WORSE);
    assertThat(failed.change()).isCloseTo(0.1, within(0.03));
    assertThat(change(comparison, "goodput").verdict()).isEqualTo(Verdict.WORSE);
    assertThat(change(comparison, "goodput").change()).isCloseTo(-0.1, within(0.03));
  }

  @Test
  void of_undecided_tellsTheSamplesThatWouldDo() {
    Change itl = change(compared(RUN.run("a", 11), RUN.run("b", 12)), "itl.mean");
    assertThat(itl.verdict()).isEqualTo(Verdict.UNDECIDED);
    RunComparison.Needed needed = itl.needed();
    assertThat(needed).isNotNull();
    assertThat(needed.times()).isGreaterThan(1);
    assertThat(needed.samples()).isGreaterThan(itl.baseSamples());
    assertThat(needed.runs()).isNull();
  }

  @Test
  void of_moreMetricsOrSides_intervalsWiden() {
    ComparedRun a = RUN.run("a", 1);
    ComparedRun b = RUN.run("b", 2);
    CompareOptions one =
        new CompareOptions(
            ComparedMetric.of(List.of("itl.mean")), List.of(), 0.05, 0.03, 0.005, 1000);
    Change alone = change(Comparing.of(List.of(a), List.of(List.of(b)), one), "itl.mean");
    Change among = change(compared(a, b), "itl.mean");
    Change amongSides = change(compared(a, b, RUN.run("c", 3)), "itl.mean");
    assertThat(width(among)).isGreaterThan(1.15 * width(alone));
    assertThat(width(amongSides)).isGreaterThan(width(among));
    assertThat(alone.change()).isEqualTo(among.change());
  }

  private static double width(Change change) {
    Double low = change.low();
    Double high = change.high();
    assertThat(low).isNotNull();
    assertThat(high).isNotNull();
    return high - low;
  }

  /** Runs that are 5 % apart: one a side takes chance for a change, several see it. */
  @Test
  void of_severalRunsASide_seesWhatRunsDifferBy() {
    CorrelatedRun apart = RUN.apart(0.05).lasting(300);
    int single = 0;
    int several = 0;
    for (int i = 0; i < 12; i++) {
      long seed = 5000 + 10L * i;
      List<ComparedRun> base =
          List.of(apart.run("a", seed), apart.run("b", seed + 1), apart.run("c", seed + 2));
      List<ComparedRun> side =
          List.of(apart.run("d", seed + 3), apart.run("e", seed + 4), apart.run("f", seed + 5));
      RunComparison all = Comparing.of(base, List.of(side), CompareOptions.usual());
      assertThat(all.betweenRuns()).isTrue();
      several += alarms(all) ? 1 : 0;
      single += alarms(compared(base.getFirst(), side.getFirst())) ? 1 : 0;
    }
    System.out.printf(
        "compare: runs 5 %% apart: %d alarms of single runs, %d of three%n", single, several);
    assertThat(single).as("alarms of single runs").isGreaterThan(3);
    assertThat(several).as("alarms of three runs a side").isLessThan(3);
  }

  @Test
  void of_otherScenario_namesWhatDiffersFirst() {
    CorrelatedRun other =
        RUN.of(
            "name: chat\ndrain: 7s\nslo: {ttft: 10s}\nload: [{name: hold, rate: 5/s, for: 120s}]\n");
    RunComparison.Side side = compared(RUN.run("a", 1), other.run("b", 2)).sides().getFirst();
    assertThat(side.differences())
        .extracting(RunComparison.Difference::key)
        .containsExactly("drain", "seed");
    assertThat(side.differences().getFirst().side()).isEqualTo("7s");
  }

  @Test
  void of_phases_areMatchedByName_othersAreNamed() {
    ComparedRun base = RUN.lasting(60).run("a", 1, "pass", "low", "high", "high");
    ComparedRun other = RUN.lasting(60).run("b", 2, "pass", "high", "peak");
    RunComparison.Side side = compared(base, other).sides().getFirst();
    assertThat(side.phases()).extracting(RunComparison.PhaseChanges::name).containsExactly("high");
    assertThat(side.onlyBase()).containsExactly("low", "high (2)");
    assertThat(side.onlySide()).containsExactly("peak");
  }

  @Test
  void of_nothingInCommon_isAMistake() {
    ComparedRun base = RUN.lasting(60).run("a", 1, "pass", "low");
    assertThatThrownBy(() -> compared(base, RUN.lasting(60).run("b", 2, "pass", "high")))
        .hasMessageContaining("a and b have no phase in common: low there, high here");
  }

  @Test
  void of_runsThatMeanLittle_areWarnedOf() {
    RunComparison comparison =
        compared(
            RUN.lasting(60).run("a", 1, "invalid", "hold"),
            RUN.lasting(60)
                .of(CorrelatedRun.CHAT + "prices: {input: 1, output: 2, currency: EUR}\n")
                .run("b", 2, "interrupted", "hold"));
    assertThat(comparison.warnings())
        .satisfiesExactly(
            warning -> assertThat(warning).startsWith("a is INVALID"),
            warning -> assertThat(warning).startsWith("b was interrupted"),
            warning -> assertThat(warning).contains("costs do not compare"));
    assertThat(change(comparison, "cost.per_request.mean").verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(comparison.betweenRuns()).isFalse();
  }

  @Test
  void of_fewSamples_isUnknown() {
    Change p99 = change(compared(RUN.run("a", 1), RUN.run("b", 2)), "ttft.p99");
    assertThat(p99.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(p99.baseSamples()).isEqualTo(600);
    assertThat(p99.p()).isNull();
  }

  @Test
  void metrics_unknown_nearestIsOffered() {
    assertThatThrownBy(() -> ComparedMetric.of(List.of("tft.p50")))
        .hasMessage("--metric: found tft.p50; did you mean 'ttft.p50'?");
    assertThat(ComparedMetric.of(List.of("goodput", "itl")))
        .extracting(ComparedMetric::key)
        .containsExactly("itl.mean", "itl.p50", "itl.p90", "itl.p95", "itl.p99", "goodput");
  }
}
