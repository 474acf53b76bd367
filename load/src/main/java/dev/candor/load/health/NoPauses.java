package dev.candor.load.health;

import dev.candor.record.HealthWindow;

/** Of time that does not pass while the JVM stands still. */
final class NoPauses implements PauseSource {
  @Override
  public void begin(long origin) {}

  @Override
  public void mark() {}

  @Override
  public boolean knows(long instant) {
    return true;
  }

  @Override
  public HealthWindow.Pauses take(int second) {
    return HealthWindow.Pauses.UNKNOWN;
  }

  @Override
  public void finish() {}

  @Override
  public void close() {}
}
