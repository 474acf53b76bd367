package dev.candor.load.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.load.transport.ServerHints;
import dev.candor.record.AttemptRecord;
import dev.candor.record.GivenUp;
import dev.candor.record.Outcome;
import dev.candor.scenario.Abandon;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Retries;
import dev.candor.scenario.Retries.Advice;
import dev.candor.scenario.Retries.Backoff;
import dev.candor.scenario.Retries.On;
import dev.candor.scenario.Retries.Reach;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests through their attempts in virtual time: an attempt takes a second, a pause two. */
final class LoopRetriesTest {
  private static final long SECOND = 1_000_000_000;
  private static final Distribution NO_THINK = new Distribution.Constant(0);

  private final VirtualLoop loop = new VirtualLoop(request -> SECOND);

  LoopRetriesTest() {
    loop.retries = fixed(2 * SECOND, 3);
  }

  private static Retries fixed(long pause, int attempts) {
    return new Retries(
        "fixed",
        attempts,
        pause == 0 ? new Backoff.Immediate() : new Backoff.Fixed(pause),
        On.DEFAULT,
        Reach.FIRST_TOKEN,
        Advice.DEFAULT,
        null,
        null);
  }

  private static LoadStep arrivals(double rate, long seconds, @Nullable Integer cap) {
    return new LoadStep.Open(
        "open", seconds * SECOND, false, rate, rate, new ArrivalProcess.Constant(), cap);
  }

  private static LoadStep users(int users, long seconds) {
    return new LoadStep.Closed("users", seconds * SECOND, false, users, users, NO_THINK);
  }

  /** The first {@code attempts} attempts of request 0 are refused. */
  private void refuseFirst(int attempts) {
    loop.outcomes =
        (number, attempt) ->
            number == 0 && attempt <= attempts ? Outcome.RATE_LIMITED : Outcome.COMPLETED;
  }

  private List<AttemptRecord> of(long request) {
    return loop.attempts.stream()
        .filter(each -> each.request() == request)
        .sorted(Comparator.comparingInt(AttemptRecord::attempt))
        .toList();
  }

  @Test
  void retry_isTheSameRequest_fromItsFirstIntent() {
    refuseFirst(2);
    loop.run(60 * SECOND, arrivals(1, 3, null));

    assertThat(of(0))
        .extracting(
            AttemptRecord::attempt,
            a -> a.intended() / SECOND,
            a -> a.requested() / SECOND,
            a -> a.end() / SECOND,
            AttemptRecord::outcome,
            AttemptRecord::retried)
        .containsExactly(
            tuple(1, 0L, 0L, 1L, Outcome.RATE_LIMITED, true),
            tuple(2, 3L, 0L, 4L, Outcome.RATE_LIMITED, true),
            tuple(3, 6L, 0L, 7L, Outcome.COMPLETED, false));
    assertThat(of(0)).allMatch(a -> a.session() == 0 && a.requestClass().equals("test"));
    // Retries take no number from other requests.
    assertThat(loop.attempts.stream().map(AttemptRecord::request).distinct())
        .containsExactlyInAnyOrder(0L, 1L, 2L);
  }

  @Test
  void retry_attemptsUsedUp_saysSo() {
    refuseFirst(3);
    loop.run(60 * SECOND, arrivals(1, 1, null));

    AttemptRecord last = of(0).getLast();
    assertThat(last.attempt()).isEqualTo(3);
    assertThat(last.retried()).isFalse();
    assertThat(GivenUp.of(last)).isEqualTo(GivenUp.ATTEMPTS);
    assertThat(GivenUp.of(of(0).getFirst())).isNull();
  }

  @Test
  void retry_honoursTheServersPause() {
    loop.hints = ServerHints.retryAfter(5 * SECOND, null);
    refuseFirst(1);
    loop.run(60 * SECOND, arrivals(1, 1, null));

    assertThat(of(0).getLast().intended()).isEqualTo((1 + 5 + 2) * SECOND);
  }

  @Test
  void retry_closedLoop_userWaitsForTheLastAttempt() {
    refuseFirst(2);
    loop.run(60 * SECOND, users(1, 8));

    assertThat(of(1).getFirst().intended()).isEqualTo(7 * SECOND);
  }

  @Test
  void retry_givenUpRequest_pausesItsUserOnce() {
    refuseFirst(3);
    loop.run(60 * SECOND, users(1, 8));

    assertThat(of(1).getFirst().intended()).isEqualTo(7 * SECOND + SECOND / 10);
  }

  @Test
  void retry_whileItWaits_holdsItsPlaceUnderTheCap() {
    refuseFirst(2);
    loop.run(60 * SECOND, arrivals(1, 20, 1));

    assertThat(loop.mostInFlight).isEqualTo(1);
    assertThat(of(1).getFirst().sent()).isEqualTo(7 * SECOND);
  }

  @Test
  void retry_immediate_comesAtTheEndOfTheLast() {
    loop.retries = fixed(0, 3);
    refuseFirst(2);
    loop.run(60 * SECOND, arrivals(1, 1, null));

    assertThat(of(0)).extracting(a -> a.sent() / SECOND).containsExactly(0L, 1L, 2L);
  }

  @Test
  void drain_retryThatWaits_isRecordedAsNeverSent() {
    refuseFirst(3);
    loop.run(SECOND, arrivals(1, 1, null));

    assertThat(of(0))
        .extracting(
            AttemptRecord::attempt,
            AttemptRecord::outcome,
            AttemptRecord::retried,
            a -> a.sent() == AttemptRecord.NONE,
            AttemptRecord::requested)
        .containsExactly(
            tuple(1, Outcome.RATE_LIMITED, true, false, 0L),
            tuple(2, Outcome.UNFINISHED, false, true, 0L));
    AttemptRecord never = of(0).getLast();
    assertThat(never.session()).isZero();
    assertThat(never.requestClass()).isEqualTo("test");
    assertThat(never.intended()).isEqualTo(2 * SECOND);
    assertThat(never.inputTokensAsked()).isEqualTo(10);
  }

  @Test
  void stop_retryThatWaits_isCancelled() {
    refuseFirst(3);
    LoadRun run = loop.start(60 * SECOND, arrivals(1, 10, null));
    loop.time.at(3 * SECOND / 2, run::stop);
    loop.time.runUntilIdle();

    assertThat(of(0))
        .extracting(AttemptRecord::outcome)
        .containsExactly(Outcome.RATE_LIMITED, Outcome.CANCELLED);
    assertThat(loop.inFlight).isZero();
  }

  @Test
  void patience_countsFromTheFirstAttempt_overWaits() {
    loop.leavers = leaving(2 * SECOND);
    refuseFirst(3);
    loop.run(60 * SECOND, arrivals(1, 1, null));

    AttemptRecord last = of(0).getLast();
    assertThat(last.attempt()).isEqualTo(2);
    assertThat(last.outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(last.sent()).isEqualTo(AttemptRecord.NONE);
    assertThat(last.end()).isEqualTo(2 * SECOND);
  }

  @Test
  void patience_runsOutInARetry_cutsIt() {
    loop.leavers = leaving(7 * SECOND / 2);
    refuseFirst(3);
    loop.run(60 * SECOND, arrivals(1, 1, null));

    AttemptRecord last = of(0).getLast();
    assertThat(last.attempt()).isEqualTo(2);
    assertThat(last.outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(last.sent()).isEqualTo(3 * SECOND);
    assertThat(last.end()).isEqualTo(7 * SECOND / 2);
  }

  private static Leavers leaving(long nanos) {
    return new Leavers(
        List.of(new Abandon(1, new Distribution.Constant(nanos), null)), new Seed(1));
  }

  @Test
  void pendingSince_withWaitingRetries_neverPassesWhatIsStillRecorded() {
    loop.outcomes =
        (number, attempt) -> number % 3 == 0 && attempt < 3 ? Outcome.RATE_LIMITED : null;
    loop.retries = fixed(3 * SECOND / 2, 3);
    LoadRun run = loop.start(SECOND, arrivals(4, 10, null));
    List<Long> bounds = new ArrayList<>();
    List<Integer> known = new ArrayList<>();
    for (long at = SECOND / 3; at < 14 * SECOND; at += SECOND / 3) {
      loop.time.runUntil(at);
      bounds.add(run.pendingSince());
      known.add(loop.attempts.size());
    }
    loop.time.runUntilIdle();

    for (int i = 0; i < bounds.size(); i++) {
      long bound = bounds.get(i);
      assertThat(loop.attempts.subList(known.get(i), loop.attempts.size()))
          .allMatch(a -> a.intended() >= Math.min(bound, (long) 1e18));
    }
    assertThat(loop.attempts).anyMatch(a -> a.attempt() > 1 && a.sent() == AttemptRecord.NONE);
  }

  @Test
  void pendingSince_withOneThatMayStillBeCut_isNowAtMost() {
    refuseFirst(3);
    LoadRun run = loop.start(60 * SECOND, arrivals(1, 1, null));
    loop.time.runUntil(3 * SECOND / 2);
    long bound = run.pendingSince();
    run.stop();
    loop.time.runUntilIdle();

    assertThat(of(0).getLast().intended()).isEqualTo(3 * SECOND / 2).isGreaterThanOrEqualTo(bound);
  }

  @Test
  void loops_number_changesNoPause() {
    loop.retries =
        new Retries(
            "exponential",
            4,
            new Backoff.Exponential(SECOND, 2, 20 * SECOND, new Retries.Jitter.Full()),
            On.DEFAULT,
            Reach.FIRST_TOKEN,
            Advice.DEFAULT,
            null,
            null);
    VirtualLoop two = new VirtualLoop(request -> SECOND);
    two.retries = loop.retries;
    two.loops = 2;
    for (VirtualLoop each : List.of(loop, two)) {
      each.outcomes = (number, attempt) -> attempt < 3 ? Outcome.RATE_LIMITED : null;
      each.run(60 * SECOND, arrivals(2, 5, null));
    }

    assertThat(pauses(two)).isEqualTo(pauses(loop)).doesNotHaveDuplicates().hasSize(30);
  }

  private static List<String> pauses(VirtualLoop loop) {
    return loop.attempts.stream()
        .map(a -> "%d/%d at %d".formatted(a.request(), a.attempt(), a.intended()))
        .sorted()
        .toList();
  }
}
