package dev.candor.load.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.time.Scheduler;
import dev.candor.base.time.Timer;
import dev.candor.load.driver.RunSink;
import dev.candor.load.transport.AttemptTrace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stall planted in the loop must be seen, in its second and in full. */
final class LoopHealthTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;

  private final LateLoop loop = new LateLoop();
  private final List<LoopSecond> seconds = new ArrayList<>();
  private final LoopHealth health =
      new LoopHealth(
          0,
          loop,
          LoopGauges.NONE,
          new RunSink() {
            @Override
            public void ended(AttemptTrace trace) {}

            @Override
            public void second(LoopSecond second) {
              seconds.add(second);
            }

            @Override
            public AttemptTrace trace(int index) {
              return new AttemptTrace();
            }
          });

  /** One timer at a time, run as late as the test wants. */
  private static final class LateLoop implements Scheduler {
    private long now;
    private long due;
    private Runnable task = () -> {};

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public Timer at(long nanos, Runnable next) {
      due = nanos;
      task = next;
      return () -> {};
    }

    void runUntil(long end, long lateness) {
      while (due + lateness <= end) {
        now = due + lateness;
        task.run();
      }
      now = Math.max(now, end);
    }
  }

  private static final class Busy implements LoopHealth.Activity {
    @Override
    public int inFlight() {
      return 3;
    }

    @Override
    public int users() {
      return 5;
    }

    @Override
    public void account(long now) {}
  }

  @Test
  void loopOnTime_hasNoDelay() {
    health.start(0, new Busy());
    loop.runUntil(3 * SECOND, 0);
    health.stop();
    assertThat(seconds).extracting(LoopSecond::loopDelayP99Nanos).containsOnly(0L);
    assertThat(seconds.getFirst().inFlight()).isEqualTo(3);
    assertThat(seconds.getFirst().users()).isEqualTo(5);
  }

  @Test
  void stall_isSeenByEveryProbeThatItHeldUp() {
    health.start(0, new Busy());
    loop.runUntil(SECOND + 500 * MS, 0);
    // The loop does something else for 300 ms: thirty probes come late, the first by 300 ms.
    loop.now += 300 * MS;
    loop.task.run();
    loop.runUntil(4 * SECOND, 0);
    health.stop();
    assertThat(seconds.get(0).loopDelayP99Nanos()).isZero();
    assertThat(seconds.get(1).loopDelayP99Nanos() / (double) MS).isCloseTo(280, within(15.0));
    assertThat(seconds.get(2).loopDelayP99Nanos()).isZero();
  }

  @Test
  void stallOverSeveralSeconds_missesNone() {
    health.start(0, new Busy());
    loop.runUntil(500 * MS, 0);
    loop.now += 3 * SECOND;
    loop.task.run();
    loop.runUntil(5 * SECOND, 0);
    health.stop();
    assertThat(seconds).extracting(LoopSecond::second).startsWith(0, 1, 2, 3, 4);
    assertThat(seconds.subList(0, 3)).allMatch(s -> s.loopDelayP99Nanos() > 400 * MS);
    assertThat(seconds.get(4).loopDelayP99Nanos()).isZero();
  }

  @Test
  void late_isTheSecondsOwn() {
    health.start(0, new Busy());
    health.late(-5);
    health.late(40 * MS);
    loop.runUntil(SECOND + 10 * MS, 0);
    assertThat(seconds.getFirst().sendLatenessP99Nanos() / (double) MS).isCloseTo(40, within(0.1));
    loop.runUntil(2 * SECOND + 10 * MS, 0);
    assertThat(seconds.get(1).sendLatenessP99Nanos()).isZero();
  }
}
