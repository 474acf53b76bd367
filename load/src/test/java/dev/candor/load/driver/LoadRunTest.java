package dev.candor.load.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.load.health.LoopSecond;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.scenario.Abandon;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.LoadStep;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LoadRunTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MS = 1_000_000L;
  private static final Distribution NO_THINKING = new Distribution.Constant(0);

  private static LoadStep.Closed closed(String name, long nanos, int from, int users) {
    return new LoadStep.Closed(name, nanos, false, from, users, NO_THINKING);
  }

  private static LoadStep.Open open(long nanos, double rate, @Nullable Integer cap) {
    return new LoadStep.Open("open", nanos, false, rate, rate, new ArrivalProcess.Constant(), cap);
  }

  @Test
  void closed_constantService_eachUserAsksOnceAServiceTime() {
    VirtualLoop loop = new VirtualLoop(n -> 100 * MS);
    loop.run(SECOND, closed("hold", 10 * SECOND, 5, 5));
    // The last round is asked at 9.9 s and answered at 10 s: 100 rounds of 5.
    assertThat(loop.attempts).hasSize(500).allMatch(a -> a.outcome() == Outcome.COMPLETED);
    assertThat(loop.mostInFlight).isEqualTo(5);
  }

  @Test
  void closed_thinkTime_isPartOfTheRound() {
    VirtualLoop loop = new VirtualLoop(n -> 100 * MS);
    loop.run(
        SECOND,
        new LoadStep.Closed(
            "think", 10 * SECOND, false, 1, 1, new Distribution.Constant(900.0 * MS)));
    assertThat(loop.attempts).hasSize(10);
    assertThat(loop.attempts.get(3).intended()).isEqualTo(3 * SECOND);
    assertThat(loop.attempts.get(3).sent()).isEqualTo(3 * SECOND);
  }

  @Test
  void ramp_usersJoinWhereTheLineReachesThem() {
    VirtualLoop loop = new VirtualLoop(n -> 100 * SECOND);
    loop.run(200 * SECOND, closed("ramp", 10 * SECOND, 0, 10));
    assertThat(loop.attempts.stream().mapToLong(AttemptRecord::intended).sorted().limit(9))
        .containsExactly(
            1 * SECOND,
            2 * SECOND,
            3 * SECOND,
            4 * SECOND,
            5 * SECOND,
            6 * SECOND,
            7 * SECOND,
            8 * SECOND,
            9 * SECOND);
  }

  @Test
  void rampDown_usersLeave() {
    VirtualLoop loop = new VirtualLoop(n -> 10 * MS);
    loop.run(SECOND, closed("down", 10 * SECOND, 10, 0));
    long early = loop.attempts.stream().filter(a -> a.intended() < SECOND).count();
    long late = loop.attempts.stream().filter(a -> a.intended() >= 9 * SECOND).count();
    assertThat(early).isBetween(900L, 1000L);
    assertThat(late).isBetween(80L, 110L);
  }

  @Test
  void steps_followWithoutAGap_andRequestsBelongToTheStepOfTheirIntent() {
    VirtualLoop loop = new VirtualLoop(n -> 300 * MS);
    List<PhaseRecord> phases =
        loop.run(SECOND, closed("one", SECOND, 2, 2), closed("two", SECOND, 4, 4));
    assertThat(phases).extracting(PhaseRecord::startNanos).containsExactly(0L, SECOND);
    assertThat(loop.attempts)
        .allSatisfy(a -> assertThat(a.phase()).isEqualTo(a.intended() < SECOND ? 0 : 1));
    assertThat(loop.attempts.stream().filter(a -> a.intended() == SECOND)).hasSize(2);
    assertThat(
            loop.attempts.stream()
                .filter(a -> a.phase() == 1)
                .mapToLong(AttemptRecord::user)
                .distinct())
        .containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
  }

  @Test
  void drain_cutsWhatIsStillInFlight() {
    VirtualLoop loop = new VirtualLoop(n -> n == 0 ? 100 * MS : 50 * SECOND);
    loop.run(2 * SECOND, closed("hold", SECOND, 1, 1));
    assertThat(loop.attempts).hasSize(2);
    assertThat(loop.attempts.get(1).outcome()).isEqualTo(Outcome.UNFINISHED);
    assertThat(loop.attempts.get(1).end()).isEqualTo(3 * SECOND);
  }

  @Test
  void open_slowServer_doesNotSlowTheSchedule() {
    VirtualLoop loop = new VirtualLoop(n -> 5 * SECOND);
    loop.run(10 * SECOND, open(10 * SECOND, 20, null));
    assertThat(loop.attempts).hasSize(200);
    assertThat(loop.attempts).allSatisfy(a -> assertThat(a.sent()).isEqualTo(a.intended()));
    assertThat(loop.mostInFlight).isEqualTo(100);
  }

  @Test
  void open_capAtHalfTheRate_intentGrowsLinearlyWhileTtftDoesNot() {
    // 10 in flight of 1 s each serve 10/s; 20/s are asked for.
    VirtualLoop loop = new VirtualLoop(n -> SECOND);
    List<PhaseRecord> phases = loop.run(5 * SECOND, open(20 * SECOND, 20, 10));
    List<AttemptRecord> sent =
        loop.attempts.stream().filter(a -> a.sent() != AttemptRecord.NONE).toList();
    assertThat(sent).allSatisfy(a -> assertThat(a.first() - a.sent()).isEqualTo(SECOND));
    for (AttemptRecord a : sent) {
      // Half the time that passed is backlog.
      double lateness = (a.sent() - a.intended()) / 1e9;
      assertThat(lateness).isCloseTo(a.sent() / 2e9, within(1.01));
    }
    assertThat(loop.attempts).hasSize(400);
    assertThat(phases.getFirst().heldBack()).isBetween(380L, 390L);
    assertThat(loop.attempts.stream().filter(a -> a.sent() == AttemptRecord.NONE))
        .isNotEmpty()
        .allMatch(a -> a.outcome() == Outcome.UNFINISHED);
  }

  @Test
  void open_manyHeldBackThatEndAtOnce_areSentInOneGo() {
    // The first holds the only place while 50,000 wait behind it; each of those ends as it starts.
    VirtualLoop loop = new VirtualLoop(n -> SECOND);
    loop.endsAtOnce = n -> n > 0;
    loop.run(SECOND, open(2 * SECOND, 50_000, 1));
    assertThat(loop.attempts.stream().filter(a -> a.outcome() == Outcome.CONNECT_FAILED))
        .hasSize(99_999);
  }

  @Test
  void open_manyHeldBackAtTheEnd_areRecordedBitByBit_andOfNoClass() {
    VirtualLoop loop = new VirtualLoop(n -> 30 * SECOND);
    loop.run(SECOND, open(2 * SECOND, 5_000, 1), closed("next", SECOND, 1, 1));
    List<AttemptRecord> unsent =
        loop.attempts.stream().filter(a -> a.sent() == AttemptRecord.NONE).toList();
    assertThat(unsent)
        .hasSize(9_999)
        .allMatch(a -> a.outcome() == Outcome.UNFINISHED && a.requestClass().isEmpty())
        .allMatch(a -> a.end() == 2 * SECOND);
    // The next step's first start does not wait for them.
    AttemptRecord next =
        loop.attempts.stream().filter(a -> a.phase() == 1).findFirst().orElseThrow();
    assertThat(next.sent()).isEqualTo(2 * SECOND);
    assertThat(loop.attempts.indexOf(next)).isPositive();
  }

  @Test
  void sendLateness_isNotTheWaitForAConnection() {
    VirtualLoop loop = new VirtualLoop(n -> 10 * MS);
    loop.sentAfter = 300 * MS;
    loop.run(SECOND, open(2 * SECOND, 10, null));
    assertThat(loop.attempts).hasSize(20).allMatch(a -> a.sent() - a.intended() == 300 * MS);
    assertThat(loop.seconds).allMatch(second -> second.sendLatenessP99Nanos() == 0);
  }

  @Test
  void health_ofALoopThatHasFinished_goesOnUntilAllHave() {
    VirtualLoop loop = new VirtualLoop(n -> n == 0 ? 4500 * MS : 100 * MS);
    loop.loops = 2;
    loop.run(10 * SECOND, closed("hold", SECOND, 2, 2));
    for (int index = 0; index < 2; index++) {
      int own = index;
      assertThat(loop.seconds.stream().filter(second -> second.loop() == own))
          .extracting(LoopSecond::second)
          .startsWith(0, 1, 2, 3);
    }
  }

  @Test
  void closed_answersAtOnce_doNotRecurse() {
    VirtualLoop loop = new VirtualLoop(n -> 0);
    loop.endsAtOnce = n -> true;
    loop.run(SECOND, closed("refused", 2 * SECOND, 3, 3));
    assertThat(loop.attempts).hasSize(60);
  }

  @Test
  void stop_cutsAndKeeps() {
    VirtualLoop loop = new VirtualLoop(n -> 400 * MS);
    LoadRun run = loop.start(SECOND, closed("hold", 10 * SECOND, 3, 3));
    loop.time.runUntil(SECOND);
    run.stop();
    loop.time.runUntilIdle();
    assertThat(loop.attempts).hasSize(9);
    assertThat(loop.attempts.stream().filter(a -> a.outcome() == Outcome.CANCELLED)).hasSize(3);
    assertThat(run.phases().getFirst().endNanos()).isEqualTo(SECOND);
  }

  @Test
  void failure_userPauses() {
    VirtualLoop loop = new VirtualLoop(n -> 0);
    loop.outcome = Outcome.SERVER_ERROR;
    loop.run(SECOND, closed("failing", SECOND, 1, 1));
    assertThat(loop.attempts).hasSize(10);
  }

  private static Leavers leavers(double share, long patienceNanos) {
    return new Leavers(
        List.of(new Abandon(share, new Distribution.Constant(patienceNanos), null)), new Seed(3));
  }

  @Test
  void abandon_patienceFromTheStart_thenTheUserGoesOnAtOnce() {
    VirtualLoop loop = new VirtualLoop(n -> 5 * SECOND);
    loop.leavers = leavers(1, 2 * SECOND);
    loop.run(SECOND, closed("hold", 10 * SECOND, 1, 1));
    assertThat(loop.attempts)
        .hasSize(5)
        .allSatisfy(
            a -> {
              assertThat(a.outcome()).isEqualTo(Outcome.ABANDONED);
              assertThat(a.end() - a.sent()).isEqualTo(2 * SECOND);
              assertThat(a.error()).contains("without a first token");
            });
    // No pause as after a failure.
    assertThat(loop.attempts.get(1).intended()).isEqualTo(2 * SECOND);
  }

  @Test
  void abandon_firstTokenInTime_theUserStays() {
    VirtualLoop loop = new VirtualLoop(n -> SECOND);
    loop.leavers = leavers(1, 100 * SECOND);
    loop.run(SECOND, closed("hold", 10 * SECOND, 1, 1));
    assertThat(loop.attempts).hasSize(10).allMatch(a -> a.outcome() == Outcome.COMPLETED);
    // No timer is left of those who stayed.
    assertThat(loop.time.nanoTime()).isLessThanOrEqualTo(11 * SECOND);
  }

  @Test
  void abandon_share_leaversAreTheSameUsersEveryTime() {
    List<List<Long>> left = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      VirtualLoop loop = new VirtualLoop(n -> 2 * SECOND);
      loop.leavers = leavers(0.25, SECOND);
      loop.run(SECOND, closed("hold", 100 * SECOND, 20, 20));
      left.add(
          loop.attempts.stream()
              .filter(a -> a.outcome() == Outcome.ABANDONED)
              .map(AttemptRecord::request)
              .toList());
      assertThat((double) left.getLast().size() / loop.attempts.size())
          .isCloseTo(0.25, within(0.05));
    }
    assertThat(left.get(0)).isEqualTo(left.get(1));
  }

  @Test
  void health_reportsEverySecond_withInFlight() {
    VirtualLoop loop = new VirtualLoop(n -> 100 * MS);
    loop.run(SECOND, closed("hold", 3 * SECOND, 5, 5));
    assertThat(loop.seconds).hasSizeGreaterThanOrEqualTo(3);
    assertThat(loop.seconds.get(1).inFlight()).isCloseTo(5, within(0.6));
    assertThat(loop.seconds.get(1).loopDelayP99Nanos()).isZero();
  }

  @Test
  void health_countsTokenEventsInTheSecondOfTheirArrival() {
    VirtualLoop loop = new VirtualLoop(n -> 1500 * MS);
    loop.run(SECOND, closed("hold", 3 * SECOND, 4, 4));
    // Four answers of two events end at 1.5 s and 3 s.
    assertThat(loop.seconds.stream().mapToLong(LoopSecond::tokenEvents).sum()).isEqualTo(16);
    assertThat(loop.seconds.get(0).tokenEvents()).isZero();
    assertThat(loop.seconds.get(1).tokenEvents()).isEqualTo(8);
  }

  @Test
  void feedBehind_startsLate_inOrder_andHealthSaysSo() {
    VirtualLoop loop = new VirtualLoop(n -> 10 * MS);
    loop.feedReadyAt = 500 * MS;
    loop.run(SECOND, open(2 * SECOND, 10, null));
    assertThat(loop.attempts).hasSize(20);
    assertThat(loop.attempts.getFirst().sent()).isBetween(500 * MS, 501 * MS);
    assertThat(loop.attempts.stream().mapToLong(AttemptRecord::intended)).isSorted();
    assertThat(loop.seconds.getFirst().sendLatenessP99Nanos()).isGreaterThan(490 * MS);
    assertThat(loop.seconds.get(1).sendLatenessP99Nanos()).isZero();
  }

  @Test
  void feedNeverReady_everyStartIsRecordedAsUnfinished_andTheRunEnds() {
    VirtualLoop loop = new VirtualLoop(n -> 10 * MS);
    loop.feedReadyAt = Long.MAX_VALUE;
    loop.run(2 * SECOND, open(SECOND, 10, null));
    assertThat(loop.attempts)
        .hasSize(10)
        .allMatch(a -> a.outcome() == Outcome.UNFINISHED && a.sent() == AttemptRecord.NONE);
    assertThat(loop.time.nanoTime()).isGreaterThanOrEqualTo(3 * SECOND);
  }

  @Test
  void stop_whileTheFeedIsBehind_sendsNothingMore() {
    VirtualLoop loop = new VirtualLoop(n -> 10 * MS);
    loop.feedReadyAt = 600 * MS;
    LoadRun run = loop.start(SECOND, closed("hold", 10 * SECOND, 3, 3));
    loop.time.runUntil(500 * MS);
    run.stop();
    loop.time.runUntilIdle();
    assertThat(loop.attempts).hasSize(3).allMatch(a -> a.outcome() == Outcome.CANCELLED);
    assertThat(loop.mostInFlight).isZero();
  }

  @Test
  void open_capFilledByTheStepBefore_isFreedForTheNext() {
    VirtualLoop loop = new VirtualLoop(n -> n < 10 ? 1500 * MS : 10 * MS);
    loop.run(SECOND, open(SECOND, 10, 10), open(2 * SECOND, 10, 10));
    // The first ten hold all places until 1.5 s and later; those behind them are sent then.
    List<AttemptRecord> second = loop.attempts.stream().filter(a -> a.phase() == 1).toList();
    assertThat(second).hasSize(20).allMatch(a -> a.outcome() == Outcome.COMPLETED);
    assertThat(second.getFirst().sent()).isEqualTo(1500 * MS);
  }
}
