package dev.candor.load.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LatenessTest {
  private static final long MILLI = 1_000_000;
  private final Lateness lateness = new Lateness(10_000 * MILLI);

  @Test
  void p99_ofNothing_isZero() {
    assertThat(lateness.p99()).isZero();
  }

  @Test
  void p99_countsThePunctualToo() {
    for (int i = 0; i < 98; i++) {
      lateness.add(0);
    }
    lateness.add(5 * MILLI);
    lateness.add(9 * MILLI);
    assertThat(lateness.count()).isEqualTo(100);
    assertThat((double) lateness.p99()).isCloseTo(5.0 * MILLI, within(0.01 * MILLI));
    lateness.add(-3);
    assertThat((double) lateness.p99()).isCloseTo(5.0 * MILLI, within(0.01 * MILLI));
    lateness.reset();
    assertThat(lateness.count()).isZero();
    assertThat(lateness.p99()).isZero();
  }

  @Test
  void p99_oneInAHundredLate_isStillPunctual() {
    for (int i = 0; i < 99; i++) {
      lateness.add(0);
    }
    lateness.add(100_000 * MILLI);
    assertThat(lateness.p99()).isZero();
    lateness.add(100_000 * MILLI);
    assertThat((double) lateness.p99()).isCloseTo(10_000.0 * MILLI, within(10.0 * MILLI));
  }
}
