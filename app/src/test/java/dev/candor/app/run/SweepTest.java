package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.analysis.saturation.Saturation;
import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.SweepStep.Mark;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Timeouts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps against the engine simulator, whose knee is known, in virtual time. */
final class SweepTest {
  private static final long SECOND = 1_000_000_000;
  private static final long TTFT_SLO = 150_000_000;

  /** Prompts and answers of which a KV cache of 42 × 1,200 tokens holds those of 47 users. */
  private static final Distribution PROMPT = new Distribution.Uniform(900, 1000);

  private static final Distribution ANSWER = new Distribution.Uniform(150, 200);
  private static final int KNEE_47 = 42;

  private static final String FROM_10_TO_100 =
      """
      sweep: {users: 10..100, hold: false}
      slo: {ttft: 150ms, itl: 100ms}
      """;

  @TempDir private Path folder;

  private SweepSimulation simulation(String yaml, long seed) {
    return new SweepSimulation(
        SweepSimulation.scenario(folder, yaml),
        SweepSimulation.holding(KNEE_47, 1200),
        new Seed(seed),
        PROMPT,
        ANSWER);
  }

  /** TTFT of the requests of a long steady step, ascending. */
  private static long[] ttfts(int sequences, int users) {
    VirtualRun run =
        new VirtualRun(
            SweepSimulation.holding(sequences, 1200),
            new Seed(9),
            PROMPT,
            ANSWER,
            Timeouts.DEFAULT);
    LongStream.Builder ttfts = LongStream.builder();
    run.onAttempt(
        attempt -> {
          if (attempt.intended() > 60 * SECOND && attempt.outcome() == Outcome.COMPLETED) {
            ttfts.add(attempt.first() - attempt.sent());
          }
        });
    LoadStep hold =
        new LoadStep.Closed(
            "hold", 900 * SECOND, false, users, users, new Distribution.Constant(0));
    var _ = run.carryOut(List.of(hold), 30 * SECOND);
    return ttfts.build().sorted().toArray();
  }

  private static double goodput(int users) {
    long[] ttfts = ttfts(KNEE_47, users);
    return (double) Arrays.stream(ttfts).filter(ttft -> ttft <= TTFT_SLO).count() / ttfts.length;
  }

  @Test
  void goodput_aQuarterOfAnHourEach_theTruthIs47Users() {
    assertThat(goodput(47)).isGreaterThanOrEqualTo(0.99);
    assertThat(goodput(48)).isLessThan(0.99);
  }

  @Test
  void sweep_kneeAt47_isFoundInAtMost14Steps() {
    int found = 0;
    List<String> all = new ArrayList<>();
    for (long seed = 1; seed <= 20; seed++) {
      Saturation saturation = simulation(FROM_10_TO_100, seed).saturation();
      Double knee = saturation.knee();
      Double bad = saturation.firstBad();
      all.add("seed %d: %s in %d steps".formatted(seed, knee, saturation.steps().size()));
      assertThat(saturation.steps()).as("seed %d", seed).hasSizeLessThanOrEqualTo(14);
      if (knee != null && bad != null && knee >= 45 && knee <= 49 && bad - knee <= 2) {
        found++;
      }
    }
    assertThat(found).as("%s", all).isGreaterThanOrEqualTo(19);
  }

  @Test
  void ttft_fiveUsersMore_tenTimesAsLong() {
    long[] forty = ttfts(38, 40);
    long[] fortyFive = ttfts(38, 45);

    assertThat(fortyFive[fortyFive.length * 99 / 100])
        .isGreaterThan(10 * forty[forty.length * 99 / 100]);
  }

  @Test
  void sweep_tooMuchLoad_isOffWithinASecond() {
    assertOffWithinASecond(simulation(FROM_10_TO_100, 3));
  }

  @Test
  void sweep_farTooMuchLoadAtOnce_isOffWithinASecond() {
    assertOffWithinASecond(
        simulation("sweep: {users: 300..400, hold: false}\nslo: {ttft: 150ms}\n", 3));
  }

  @Test
  void sweep_byAnotherConditionThanGoodput_isOffWithinASecond() {
    assertOffWithinASecond(
        simulation("find: {while: \"ttft.p90 < 150ms\", from: 40, to: 200}\n", 3));
  }

  @Test
  void sweep_targetThatHangs_isLeftWithinASecond() {
    SweepSimulation simulation = simulation(FROM_10_TO_100, 3);
    // Within the ramp of the second step: most of its attempts began on the way up.
    simulation.run.time.at(86 * SECOND, () -> simulation.run.server.slowdown(1_000_000));

    assertOffWithinASecond(simulation);
  }

  /** All that a step that was not good has left in flight ends within a second of it. */
  private static void assertOffWithinASecond(SweepSimulation simulation) {
    var _ = simulation.saturation();

    List<PhaseRecord> bad =
        simulation.phases().stream()
            // At the knee itself a step may be good until the last of its answers has come.
            .filter(
                phase ->
                    phase.sweep() != null
                        && (phase.sweep().mark() == Mark.DISTURBED
                            || (phase.sweep().mark() == Mark.BAD && phase.sweep().level() > 50)))
            .toList();
    assertThat(bad).isNotEmpty();
    for (PhaseRecord phase : bad) {
      long end = phase.endNanos();
      assertThat(simulation.attempts)
          .as("%s", phase)
          .filteredOn(
              attempt -> attempt.phase() == phase.index() || attempt.phase() == phase.index() - 1)
          .allMatch(attempt -> attempt.sent() <= end && attempt.end() <= end + SECOND);
    }
  }

  @Test
  void sweep_http503ForAMinute_goesOnAndFindsTheKnee() {
    SweepSimulation simulation = simulation(FROM_10_TO_100, 5);
    simulation.run.time.at(200 * SECOND, () -> simulation.run.server.refuse(true));
    simulation.run.time.at(260 * SECOND, () -> simulation.run.server.refuse(false));

    Saturation saturation = simulation.saturation();

    assertThat(saturation.steps())
        .filteredOn(step -> step.mark() == Mark.DISTURBED)
        .isNotEmpty()
        .allMatch(step -> step.why().contains("server_error"));
    assertThat(saturation.knee()).isBetween(45.0, 49.0);
  }

  @Test
  void sweep_targetDiesAndReturns_goesOnAndFindsTheKnee() {
    SweepSimulation simulation = simulation(FROM_10_TO_100, 6);
    simulation.run.time.at(150 * SECOND, () -> simulation.run.server.up(false));
    simulation.run.time.at(165 * SECOND, () -> simulation.run.server.up(true));

    Saturation saturation = simulation.saturation();

    assertThat(saturation.steps()).filteredOn(step -> step.mark() == Mark.DISTURBED).hasSize(1);
    assertThat(saturation.knee()).isBetween(45.0, 49.0);
  }

  @Test
  void sweep_targetDies_stopsAndSaysSo() {
    SweepSimulation simulation = simulation(FROM_10_TO_100, 7);
    simulation.run.time.at(150 * SECOND, () -> simulation.run.server.up(false));

    Saturation saturation = simulation.saturation();

    assertThat(saturation.why()).contains("did not recover").contains("server_error");
    assertThat(simulation.run.time.nanoTime()).isLessThan(400 * SECOND);
    assertThat(saturation.knee()).isNotNull().isLessThan(45);
  }

  @Test
  void sweep_targetSlowsToNothing_isMarkedAndGoesOn() {
    SweepSimulation simulation = simulation(FROM_10_TO_100, 8);
    simulation.run.time.at(150 * SECOND, () -> simulation.run.server.slowdown(100_000));
    // The step of the engine that was begun then lasts: only a crash ends it.
    simulation.run.time.at(190 * SECOND, () -> simulation.run.server.slowdown(1));
    simulation.run.time.at(190 * SECOND, () -> simulation.run.server.up(false));
    simulation.run.time.at(190 * SECOND, () -> simulation.run.server.up(true));

    Saturation saturation = simulation.saturation();

    System.out.println(
        "XX " + String.join("\nXX ", saturation.steps().stream().map(Object::toString).toList()));
    assertThat(saturation.steps())
        .filteredOn(step -> step.mark() == Mark.DISTURBED)
        .extracting(Saturation.Step::why)
        .anyMatch(why -> why.contains("no token"))
        .allMatch(why -> why.contains("no token") || why.contains("mostly disconnected"));
    assertThat(saturation.knee()).isBetween(45.0, 49.0);
  }

  @Test
  void sweep_serverRefusesFromALevelOn_isBadThere() {
    SweepSimulation simulation =
        new SweepSimulation(
            SweepSimulation.scenario(folder, FROM_10_TO_100),
            SweepSimulation.refusingBeyond(30),
            new Seed(4),
            PROMPT,
            ANSWER);

    Saturation saturation = simulation.saturation();

    assertThat(saturation.knee()).isBetween(29.0, 30.0);
    assertThat(saturation.steps())
        .filteredOn(step -> step.mark() == Mark.BAD)
        .anyMatch(step -> step.why().contains("less load is answered"));
  }

  @Test
  void find_ttftUnderABound_isFoundWithoutSlo() {
    Saturation saturation =
        simulation(
                """
                find: {maximise: users, while: "ttft.p90 < 150ms", from: 10, to: 100}
                """,
                11)
            .saturation();

    assertThat(saturation.knee()).isBetween(46.0, 50.0);
    assertThat(saturation.conditions()).containsExactly("ttft.p90 < 150ms");
    assertThat(saturation.hold()).isNull();
  }

  @Test
  void find_tooFewRequestsForThePercentile_stopsAndSaysWhatToDo() {
    Saturation saturation =
        simulation(
                """
                find: {maximise: users, while: "ttft.p99 < 150ms", from: 10, to: 100}
                """,
                19)
            .saturation();

    assertThat(saturation.knee()).isNull();
    assertThat(saturation.steps()).hasSize(1);
    assertThat(saturation.why()).contains("'ttft.p99 < 150ms' needs 1000: raise step.at_most");
  }

  @Test
  void find_longSteps_knowTheirPercentile() {
    Saturation saturation =
        simulation(
                """
                find:
                  {maximise: users, while: "ttft.p99 < 150ms", from: 30, to: 100, step: {at_most: 10m}}
                """,
                20)
            .saturation();

    assertThat(saturation.knee()).isBetween(45.0, 49.0);
  }

  @Test
  void sweep_overRates_findsWhereTheQueueGrows() {
    Saturation saturation =
        simulation(
                """
                sweep: {rate: 2/s..40/s, hold: false}
                slo: {ttft: 1s, itl: 100ms}
                """,
                12)
            .saturation();

    // 47 at a time of 4.4 s each: somewhat under 10.7/s, as arrivals come in clusters.
    assertThat(saturation.knee()).isBetween(7.5, 10.7);
    assertThat(saturation.firstBad()).isNotNull();
  }

  @Test
  void sweep_thenHold_isPartOfIt() {
    Saturation saturation =
        simulation(
                """
                sweep: {users: 10..100, hold: {share: 80%, for: 2m}}
                slo: {ttft: 150ms, itl: 100ms}
                """,
                13)
            .saturation();

    assertThat(saturation.steps().getLast().mark()).isEqualTo(Mark.HOLD);
    // All of a hold counts.
    assertThat(saturation.steps().getLast().steadyAfterS()).isZero();
    assertThat(saturation.steps().getLast().durationS()).isCloseTo(120, within(0.2));
    assertThat(saturation.steps().getLast().level()).isEqualTo(saturation.operatingPoint());
    assertThat(saturation.operatingPoint()).isBetween(36.0, 39.0);
  }

  @Test
  void sweep_whereNothingIsGood_saysSo() {
    Saturation saturation =
        simulation(
                """
                sweep: {users: 10..100, hold: false}
                slo: {ttft: 1ms}
                """,
                14)
            .saturation();

    assertThat(saturation.knee()).isNull();
    assertThat(saturation.failure()).contains("no level is good, not even 1 user");
  }

  @Test
  void sweep_whereNothingIsTooMuch_saysSo() {
    Saturation saturation =
        simulation(
                """
                sweep: {users: 2..8, hold: false}
                slo: {ttft: 150ms}
                """,
                15)
            .saturation();

    assertThat(saturation.knee()).isEqualTo(8);
    assertThat(saturation.firstBad()).isNull();
    assertThat(saturation.why()).contains("lies higher");
  }

  @Test
  void sweep_badWhereTheClientWasTheBottleneck_isMeasuredAgain() {
    SweepSimulation simulation = simulation(FROM_10_TO_100, 18);
    // While the first level that is too much is measured.
    simulation.run.onAttempt(
        attempt -> simulation.clientLimited = simulation.doing().equals("users-67"));

    Saturation saturation = simulation.saturation();

    assertThat(saturation.steps())
        .filteredOn(step -> step.mark() == Mark.DISTURBED)
        .extracting(Saturation.Step::phase)
        .containsExactly("users-67");
    assertThat(saturation.steps())
        .filteredOn(step -> step.phase().equals("users-67-2"))
        .extracting(Saturation.Step::mark)
        .containsExactly(Mark.BAD);
    assertThat(saturation.knee()).isBetween(45.0, 49.0);
  }

  @Test
  void littlesLaw_holdsInSteadySteps() {
    Saturation saturation = simulation(FROM_10_TO_100, 16).saturation();

    assertThat(saturation.steps())
        .filteredOn(step -> step.mark() == Mark.GOOD && step.settled())
        .isNotEmpty()
        .allMatch(step -> step.littleRatio() != null && Math.abs(step.littleRatio() - 1) < 0.1);
  }

  @Test
  void attempts_countersOfUsers_neverExceedTheLevel() {
    SweepSimulation simulation = simulation(FROM_10_TO_100, 17);

    Saturation saturation = simulation.saturation();

    for (Saturation.Step step : saturation.steps()) {
      assertThat(step.concurrency()).isLessThanOrEqualTo(step.level() + 1e-9);
    }
    assertThat(simulation.attempts).extracting(AttemptRecord::user).doesNotContain(-1L);
  }
}
