package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.base.time.VirtualTime;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.MockFault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Windows that open and close, in virtual time. */
final class ServiceFaultsTest {
  private static final long SECOND = 1_000_000_000L;

  private final VirtualTime time = new VirtualTime();
  private final Faulty service = new Faulty();
  private final List<String> changes = new ArrayList<>();

  /** Writes down what changes, with its second. */
  private final class Faulty implements ServiceFaults.Service {
    private final boolean[] up = {true, true};
    private final double[] factors = {1, 1};
    private boolean listening = true;

    @Override
    public int replicas() {
      return 2;
    }

    @Override
    public void slowdown(int replica, double factor) {
      if (factors[replica] != factor) {
        factors[replica] = factor;
        note("%d slowed by %s".formatted(replica, factor));
      }
    }

    @Override
    public void up(int replica, boolean isUp) {
      if (up[replica] != isUp) {
        up[replica] = isUp;
        note("%d %s".formatted(replica, isUp ? "up" : "down"));
      }
    }

    @Override
    public void listening(boolean listens) {
      if (listening != listens) {
        listening = listens;
        note(listens ? "listens" : "refuses");
      }
    }

    private void note(String change) {
      changes.add(time.nanoTime() / SECOND + " s: " + change);
    }
  }

  private ServiceFaults faults(FaultRule... rules) {
    return new ServiceFaults(List.of(rules), new Seed(1), time);
  }

  private static FaultRule rule(MockFault fault, long fromSeconds, long lastsSeconds) {
    return FaultRule.always(fault)
        .within(new FaultRule.Window(fromSeconds * SECOND, lastsSeconds * SECOND, null));
  }

  @BeforeEach
  void startLate() {
    // Windows count from the service's start, and not from the clock's.
    time.runUntil(100 * SECOND);
  }

  @Test
  void windows_openAndCloseOnTheDot() {
    faults(
            rule(new MockFault.Crash(1), 10, 5),
            rule(new MockFault.Refused(), 12, 1),
            rule(new MockFault.BrownOut(0, 3), 20, 10))
        .applyTo(service);
    assertThat(changes).isEmpty();
    time.runUntilIdle();
    assertThat(changes)
        .containsExactly(
            "110 s: 1 down",
            "112 s: refuses",
            "113 s: listens",
            "115 s: 1 up",
            "120 s: 0 slowed by 3.0",
            "130 s: 0 slowed by 1.0");
  }

  @Test
  void always_isInForceFromTheStart() {
    faults(FaultRule.always(new MockFault.Spike(4))).applyTo(service);
    assertThat(changes).containsExactly("100 s: 0 slowed by 4.0", "100 s: 1 slowed by 4.0");
    assertThat(time.runNext()).isFalse();
  }

  @Test
  void every_opensAgain() {
    FaultRule refused =
        FaultRule.always(new MockFault.Refused())
            .within(
                new FaultRule.Window(
                    10 * SECOND, 2 * SECOND, new Distribution.Constant(30.0 * SECOND)));
    faults(refused).applyTo(service);
    time.runUntil(190 * SECOND);
    assertThat(changes)
        .containsExactly(
            "110 s: refuses",
            "112 s: listens",
            "140 s: refuses",
            "142 s: listens",
            "170 s: refuses",
            "172 s: listens");
  }

  @Test
  void replace_undoesWhatIsInForce_andCountsFromNow() {
    ServiceFaults faults = faults(rule(new MockFault.Crash(0), 0, 60));
    faults.applyTo(service);
    time.runUntil(120 * SECOND);
    var _ = faults.replace(List.of(rule(new MockFault.Refused(), 10, 5)));
    time.runUntilIdle();
    assertThat(changes)
        .containsExactly("100 s: 0 down", "120 s: 0 up", "130 s: refuses", "135 s: listens");
    // The old rules' timer is gone with them.
    assertThat(time.nanoTime()).isEqualTo(135 * SECOND);
  }

  @Test
  void leak_growsSecondBySecond() {
    faults(rule(new MockFault.Leak(3.6), 0, 3)).applyTo(service);
    time.runUntilIdle();
    assertThat(changes)
        .filteredOn(change -> change.contains(": 0 "))
        .containsExactly(
            "101 s: 0 slowed by 1.001", "102 s: 0 slowed by 1.002", "103 s: 0 slowed by 1.0");
  }
}
