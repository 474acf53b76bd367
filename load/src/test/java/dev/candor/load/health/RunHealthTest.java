package dev.candor.load.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.time.VirtualTime;
import dev.candor.record.HealthWindow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Seconds are merged, wait for their pauses, and are told of in order. */
final class RunHealthTest {
  private static final long SECOND = 1_000_000_000;

  private final VirtualTime time = new VirtualTime();
  private final FakePauses pauses = new FakePauses();
  private final List<HealthWindow> early = new ArrayList<>();
  private final List<HealthWindow> complete = new ArrayList<>();
  private final RunHealth health =
      new RunHealth(2, 0, time, new ProcessHealth(time, pauses), early::add, complete::add);

  private static final class FakePauses implements PauseSource {
    long known;
    int marks;

    @Override
    public void begin(long origin) {}

    @Override
    public void mark() {
      marks++;
    }

    @Override
    public boolean knows(long instant) {
      return known >= instant;
    }

    @Override
    public HealthWindow.Pauses take(int second) {
      return new HealthWindow.Pauses((long) second + 1, null, null);
    }

    @Override
    public void finish() {
      known = Long.MAX_VALUE;
    }

    @Override
    public void close() {}
  }

  private static LoopSecond second(int loop, int second, LoopGauges.Reading gauges) {
    return new LoopSecond(
        loop, second, 10 + loop, 20 - loop, gauges, 1.5, 2, 3, (second + 1) * SECOND);
  }

  private void addBoth(int second) {
    health.add(second(0, second, LoopGauges.Reading.NONE), 0, 0);
    health.add(second(1, second, LoopGauges.Reading.NONE), 0, 0);
  }

  @Test
  void add_mergesTheWorst() {
    time.runUntil(SECOND + 500);
    health.add(second(0, 0, new LoopGauges.Reading(SECOND / 4, 5L, 600L, 0.1, 30L, 4L)), 7, 0);
    assertThat(early).isEmpty();
    health.add(second(1, 0, new LoopGauges.Reading(SECOND / 2, null, 500L, 0.2, 12L, 3L)), 8, 9);
    assertThat(early).hasSize(1);
    HealthWindow window = early.getFirst();
    assertThat(window.loopDelayP99Nanos()).isEqualTo(11);
    assertThat(window.sendLatenessP99Nanos()).isEqualTo(20);
    assertThat(window.cpu().runQueueShare()).isEqualTo(0.5);
    assertThat(window.cpu().preemptions()).isEqualTo(5);
    assertThat(window.queues()).isEqualTo(new HealthWindow.Queues(600L, 0.2, 8, 500, 9));
    assertThat(window.inFlight()).isEqualTo(3);
    assertThat(window.users()).isEqualTo(4);
    assertThat(window.tokenEvents()).isEqualTo(6);
    assertThat(window.memory().connections()).isEqualTo(42);
    assertThat(window.memory().newConnections()).isEqualTo(7);
    assertThat(window.memory().heapUsedBytes()).isPositive();
    assertThat(pauses.marks).isEqualTo(1);
  }

  @Test
  void add_waitsForThePauses_inOrder() {
    addBoth(0);
    addBoth(1);
    assertThat(early).extracting(HealthWindow::second).containsExactly(0, 1);
    assertThat(complete).isEmpty();
    pauses.known = 2 * SECOND - 1;
    addBoth(2);
    assertThat(complete).extracting(HealthWindow::second).containsExactly(0);
    assertThat(complete.getFirst().pauses().gcNanos()).isEqualTo(1);
    health.finish();
    assertThat(complete).extracting(HealthWindow::second).containsExactly(0, 1, 2);
    assertThat(complete.getLast().pauses().gcNanos()).isEqualTo(3);
    assertThat(complete.getLast().memory()).isEqualTo(early.getLast().memory());
  }

  @Test
  void finish_tellsOfSecondsThatNotEveryLoopHasToldOf() {
    addBoth(0);
    health.add(second(1, 1, LoopGauges.Reading.NONE), 0, 0);
    health.finish();
    assertThat(early).extracting(HealthWindow::second).containsExactly(0, 1);
    assertThat(complete).extracting(HealthWindow::second).containsExactly(0, 1);
  }

  @Test
  void add_withoutAWordOfPauses_doesNotWaitForEver() {
    for (int second = 0; second < 30; second++) {
      addBoth(second);
    }
    assertThat(complete).hasSize(20);
  }

  @Test
  void add_whereNothingIsKnown_saysSo() {
    addBoth(0);
    HealthWindow window = early.getFirst();
    assertThat(window.cpu().runQueueShare()).isNull();
    assertThat(window.cpu().preemptions()).isNull();
    assertThat(window.queues().receiveMaxBytes()).isNull();
    assertThat(window.queues().receiveWaitingShare()).isNull();
    assertThat(window.pauses()).isEqualTo(HealthWindow.Pauses.UNKNOWN);
  }
}
