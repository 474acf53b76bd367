package dev.candor.load.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.stats.Distribution;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.record.StartLateness;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.LoadStep;
import dev.candor.workload.arrival.ReplayPlan;
import dev.candor.workload.arrival.RowTimes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Steps that replay a trace's instants, and what all steps with a schedule say of it. */
final class ReplayRunTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MS = 1_000_000L;

  /** Three rows every 100 ms, for ten seconds. */
  private static RowTimes rows() {
    long[] nanos = new long[300];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = i / 3 * (100 * MS);
    }
    return new RowTimes(nanos);
  }

  private static LoadStep warmup(int users) {
    return new LoadStep.Closed("warm", SECOND, true, users, users, new Distribution.Constant(0));
  }

  private static LoadStep.Replay replay(
      String name, double speed, long from, long to, @Nullable Integer cap) {
    LoadStep.Replay step = new LoadStep.Replay(name, 0, false, speed, from, to, 0, cap);
    return step.lasting(step.offsetNanos(to));
  }

  /** As {@link AheadFeed} numbers its requests, all ready. */
  private static final class Numbered implements RequestFeed {
    private final long first;
    private final int loops;
    private final Map<Integer, Long> made = new TreeMap<>();

    Numbered(long first, int loops) {
      this.first = first;
      this.loops = loops;
    }

    @Override
    public PreparedRequest poll(int loop) {
      long k = made.merge(loop, 1L, Long::sum) - 1;
      return new PreparedRequest(first + loop + k * loops, "test", 10, 2, new byte[0]);
    }

    @Override
    public void follow(EndedCall ended, Executor loop, Consumer<List<Following>> then) {
      throw new AssertionError("no session goes on here");
    }

    @Override
    public void close() {}
  }

  private static List<PhaseRecord> run(VirtualLoop loop, RowTimes rows, LoadStep... steps) {
    ReplayPlan plan = ReplayPlan.of(List.of(steps), rows);
    Map<Integer, RequestFeed> feeds = new TreeMap<>();
    plan.firstNumbers().forEach((step, first) -> feeds.put(step, new Numbered(first, loop.loops)));
    RequestFeed others = new Numbered(plan.otherNumbers(), loop.loops);
    loop.replays = plan;
    loop.feeds = step -> feeds.getOrDefault(step, others);
    return loop.run(5 * SECOND, plan.steps().toArray(LoadStep[]::new));
  }

  private static List<AttemptRecord> ofPhase(VirtualLoop loop, int phase) {
    return loop.attempts.stream()
        .filter(a -> a.phase() == phase)
        .sorted(Comparator.comparingLong(AttemptRecord::session))
        .toList();
  }

  @Test
  void replay_behindAWarmUp_startsEveryRowAtItsOwnInstant() {
    VirtualLoop loop = new VirtualLoop(n -> 70 * MS);
    loop.loops = 4;
    RowTimes rows = rows();
    List<PhaseRecord> phases =
        run(loop, rows, warmup(5), replay("two", 10, 2 * SECOND, 8 * SECOND, null));
    List<AttemptRecord> replayed = ofPhase(loop, 1);
    assertThat(replayed).hasSize(180);
    for (int i = 0; i < replayed.size(); i++) {
      AttemptRecord each = replayed.get(i);
      assertThat(each.session()).isEqualTo(60 + i);
      assertThat(each.intended())
          .isEqualTo(SECOND + (rows.atNanos((int) each.session()) - 2 * SECOND) / 10);
    }
    assertThat(ofPhase(loop, 0)).allMatch(a -> a.session() >= rows.size());
    assertThat(phases.get(1).kind()).isEqualTo("replay");
    assertThat(phases.get(1).ramp()).isFalse();
  }

  @Test
  void replay_whoseStartsAreHeldBack_keepsRowsAndInstantsTogether() {
    VirtualLoop loop = new VirtualLoop(n -> 150 * MS);
    loop.loops = 2;
    RowTimes rows = rows();
    List<PhaseRecord> phases = run(loop, rows, replay("capped", 1, 0, 4 * SECOND, 4));
    List<AttemptRecord> sent =
        ofPhase(loop, 0).stream().filter(a -> a.sent() != AttemptRecord.NONE).toList();
    assertThat(phases.getFirst().heldBack()).isPositive();
    assertThat(sent.size()).isLessThan(120);
    for (AttemptRecord each : sent) {
      assertThat(each.intended()).isEqualTo(rows.atNanos((int) each.session()));
    }
  }

  @Test
  void windowsInARow_goOnWhereTheOneBeforeEnded() {
    VirtualLoop loop = new VirtualLoop(n -> MS);
    run(
        loop,
        rows(),
        replay("first", 1, 0, SECOND, null),
        warmup(2),
        replay("second", 5, SECOND, 10 * SECOND, null));
    assertThat(ofPhase(loop, 0)).extracting(AttemptRecord::session).startsWith(0L).endsWith(29L);
    assertThat(ofPhase(loop, 2)).extracting(AttemptRecord::session).startsWith(30L).endsWith(299L);
  }

  @Test
  void lateness_isThatOfStartsWithASchedule_whichAnUnreadyFeedMakesLate() {
    VirtualLoop loop = new VirtualLoop(n -> MS);
    loop.feedReadyAt = 2 * SECOND;
    List<PhaseRecord> phases =
        loop.run(
            5 * SECOND,
            new LoadStep.Open(
                "open", 4 * SECOND, false, 10, 10, new ArrivalProcess.Constant(), null),
            warmup(1));
    StartLateness late = Objects.requireNonNull(phases.getFirst().lateness());
    assertThat(late.count()).isEqualTo(40);
    // Twenty starts wait for 2 s: by 2.0, 1.9, … 0.1 s.
    assertThat((double) late.maxNanos()).isCloseTo(2 * SECOND, within(0.002 * 2 * SECOND));
    assertThat(late.meanNanos()).isCloseTo(0.525 * SECOND, within(0.01 * SECOND));
    assertThat(late.p50Nanos()).isZero();
    assertThat((double) late.p90Nanos()).isCloseTo(1.6 * SECOND, within(0.11 * SECOND));
    assertThat(phases.get(1).lateness()).isNull();
  }

  @Test
  void lateness_isNotWhatTheCapHeldBack() {
    VirtualLoop loop = new VirtualLoop(n -> 400 * MS);
    List<PhaseRecord> phases = run(loop, rows(), replay("capped", 1, 0, 4 * SECOND, 4));
    assertThat(phases.getFirst().heldBack()).isGreaterThan(50);
    StartLateness late = Objects.requireNonNull(phases.getFirst().lateness());
    assertThat(late.count()).isEqualTo(120 - phases.getFirst().heldBack());
    assertThat(late.maxNanos()).isZero();
  }

  @Test
  void users_areInTheRecords_alsoOfStartsNeverSent() {
    VirtualLoop loop = new VirtualLoop(n -> SECOND);
    loop.loops = 3;
    loop.run(
        SECOND,
        new LoadStep.Open(
            "users",
            10 * SECOND,
            false,
            20,
            20,
            new ArrivalProcess.PerUser(7, new Distribution.Constant(1), 1),
            6));
    assertThat(loop.attempts).allMatch(a -> a.user() >= 0 && a.user() < 7);
    assertThat(loop.attempts.stream().mapToLong(AttemptRecord::user).distinct()).hasSize(7);
    assertThat(loop.attempts).anyMatch(a -> a.outcome() == Outcome.UNFINISHED);
  }
}
