package dev.candor.load.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.time.Clock;
import dev.candor.record.HealthWindow;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A collection that is asked for is seen, in its second, and no other is. */
final class FlightPausesTest {
  private static final long SECOND = 1_000_000_000;

  private final Clock clock = Clock.system();

  @Test
  void collection_isSeenInItsSecond() {
    try (FlightPauses pauses = Objects.requireNonNull(FlightPauses.openIfAvailable(clock))) {
      // Second 100 is the one in which the collection is asked for.
      pauses.begin(clock.nanoTime() - 100 * SECOND);
      long before = clock.nanoTime();
      System.gc();
      long took = clock.nanoTime() - before;
      assertThat(pauses.knows(clock.nanoTime() + SECOND)).isFalse();
      pauses.finish();
      assertThat(pauses.knows(clock.nanoTime() + SECOND)).isTrue();
      HealthWindow.Pauses earlier = pauses.take(50);
      HealthWindow.Pauses own = pauses.take(100);
      assertThat(earlier.gcNanos()).isZero();
      assertThat(own.gcNanos()).isBetween(1L, took);
      assertThat(own.safepointNanos()).isBetween(own.gcNanos(), took);
      assertThat(own.allocationStallNanos()).isNotNull();
    }
  }

  @Test
  void mark_isHeardOf_whileTheRunLasts() throws InterruptedException {
    try (FlightPauses pauses = Objects.requireNonNull(FlightPauses.openIfAvailable(clock))) {
      pauses.begin(clock.nanoTime());
      long instant = clock.nanoTime();
      pauses.mark();
      for (int tries = 0; !pauses.knows(instant) && tries < 600; tries++) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertThat(pauses.knows(instant)).isTrue();
    }
  }

  @Test
  void collector_withoutFlightRecorder_knowsNoSafepoints() {
    try (CollectorPauses pauses = new CollectorPauses(clock)) {
      pauses.begin(clock.nanoTime());
      HealthWindow.Pauses none = pauses.take(0);
      assertThat(none.gcNanos()).isNotNull();
      assertThat(none.safepointNanos()).isNull();
      assertThat(none.allocationStallNanos()).isNull();
    }
  }
}
