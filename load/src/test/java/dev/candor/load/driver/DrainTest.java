package dev.candor.load.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.stats.Distribution;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.LoadStep;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A load that ends before its time, without a cut. */
final class DrainTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;

  private static LoadStep closed(String name, long nanos, int users) {
    return new LoadStep.Closed(name, nanos, false, users, users, new Distribution.Constant(0));
  }

  private static LoadStep open(long nanos, double rate, @Nullable Integer cap) {
    return new LoadStep.Open("open", nanos, false, rate, rate, new ArrivalProcess.Constant(), cap);
  }

  @Test
  void drain_startsNothingMore_andLetsWhatIsInFlightEnd() {
    VirtualLoop loop = new VirtualLoop(n -> 400 * MS);
    loop.loops = 2;
    LoadRun run = loop.start(SECOND, closed("hold", 10 * SECOND, 3), closed("next", SECOND, 3));
    loop.time.runUntil(SECOND);
    run.drain();
    loop.time.runUntilIdle();
    assertThat(loop.attempts).hasSize(9).allMatch(a -> a.outcome() == Outcome.COMPLETED);
    assertThat(loop.attempts.getLast().end()).isEqualTo(1200 * MS);
    assertThat(run.stopped()).isTrue();
    // The step ends here, and the one behind it never began.
    assertThat(run.phases()).hasSize(1);
    assertThat(run.phases().getFirst().endNanos()).isEqualTo(SECOND);
  }

  @Test
  void drain_atMostAsLongAsTheStepWould() {
    VirtualLoop loop = new VirtualLoop(n -> 60 * SECOND);
    LoadRun run = loop.start(2 * SECOND, closed("hold", 100 * SECOND, 3));
    loop.time.runUntil(SECOND);
    run.drain();
    loop.time.runUntilIdle();
    assertThat(loop.attempts)
        .hasSize(3)
        .allMatch(a -> a.outcome() == Outcome.UNFINISHED && a.end() == 3 * SECOND);
  }

  @Test
  void drain_ofOneLoop_leavesTheOthersAtWork() {
    VirtualLoop loop = new VirtualLoop(n -> 100 * MS);
    loop.loops = 2;
    LoadRun run = loop.start(SECOND, open(2 * SECOND, 10, null));
    loop.time.runUntil(SECOND - 1);
    run.drain(0);
    loop.time.runUntil(1500 * MS);
    run.drain();
    run.drain();
    loop.time.runUntilIdle();
    assertThat(loop.attempts.stream().filter(a -> a.loop() == 0 && a.intended() >= SECOND))
        .isEmpty();
    assertThat(loop.attempts.stream().filter(a -> a.loop() == 1 && a.intended() >= SECOND))
        .hasSize(3);
    assertThat(run.phases().getFirst().endNanos()).isEqualTo(1500 * MS);
  }

  @Test
  void drain_whatTheCapHeldBack_isNeverSent() {
    VirtualLoop loop = new VirtualLoop(n -> 10 * SECOND);
    LoadRun run = loop.start(20 * SECOND, open(60 * SECOND, 10, 4));
    loop.time.runUntil(SECOND);
    run.drain();
    loop.time.runUntilIdle();
    assertThat(loop.attempts.stream().filter(a -> a.outcome() == Outcome.COMPLETED)).hasSize(4);
    assertThat(loop.attempts.stream().filter(a -> a.outcome() == Outcome.UNFINISHED))
        .isNotEmpty()
        .allMatch(a -> a.sent() == AttemptRecord.NONE);
  }
}
