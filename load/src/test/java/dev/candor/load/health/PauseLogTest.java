package dev.candor.load.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.load.health.PauseLog.Kind;
import dev.candor.load.health.PauseLog.Longest;
import org.junit.jupiter.api.Test;

final class PauseLogTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;
  private static final long ORIGIN = -7 * SECOND;

  private final PauseLog log = new PauseLog();

  @Test
  void take_givesTheLongestOfEachKind() {
    log.begin(ORIGIN);
    log.add(Kind.GC, ORIGIN + 10 * MS, 3 * MS);
    log.add(Kind.GC, ORIGIN + 20 * MS, 2 * MS);
    log.add(Kind.SAFEPOINT, ORIGIN + 20 * MS, 4 * MS);
    log.add(Kind.ALLOCATION_STALL, ORIGIN + SECOND + MS, 5 * MS);
    assertThat(log.take(0)).isEqualTo(new Longest(3 * MS, 4 * MS, 0));
    assertThat(log.take(1)).isEqualTo(new Longest(0, 0, 5 * MS));
    assertThat(log.take(2)).isEqualTo(Longest.NONE);
  }

  @Test
  void add_overTheEdge_countsInEverySecondThatItReachesInto() {
    log.begin(ORIGIN);
    log.add(Kind.GC, ORIGIN + 900 * MS, 1200 * MS);
    for (int second = 0; second < 3; second++) {
      assertThat(log.take(second).gcNanos()).isEqualTo(1200 * MS);
    }
    assertThat(log.take(3)).isEqualTo(Longest.NONE);
  }

  @Test
  void add_beforeTheRun_orToASecondThatWasTaken_isForgotten() {
    log.add(Kind.GC, ORIGIN, MS);
    log.begin(ORIGIN);
    log.add(Kind.GC, ORIGIN - SECOND, MS);
    assertThat(log.take(0)).isEqualTo(Longest.NONE);
    log.add(Kind.GC, ORIGIN, MS);
    assertThat(log.take(0)).isEqualTo(Longest.NONE);
  }
}
