package dev.candor.load.health;

import dev.candor.base.time.Clock;
import dev.candor.record.HealthWindow;

/** Tells of the JVM's pauses, second by second. */
interface PauseSource extends AutoCloseable {

  /** The best that this JVM has; starting it can take a third of a second. */
  static PauseSource open(Clock clock) {
    if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()) {
      FlightPauses pauses = FlightPauses.openIfAvailable(clock);
      if (pauses != null) {
        return pauses;
      }
    }
    return new CollectorPauses(clock);
  }

  /** Sets the instant from which seconds count; pauses before it are forgotten. */
  void begin(long origin);

  /** Asks for all that has happened until now to be told of. */
  void mark();

  /**
   * Whether all pauses that ended before {@code instant}, on the run's clock, have been told of.
   */
  boolean knows(long instant);

  /** The longest pauses that reached into {@code second}. */
  HealthWindow.Pauses take(int second);

  /** Waits for what is still to be told. */
  void finish();

  @Override
  void close();
}
