package dev.candor.mock.quota;

/** A minute's worth that comes back all at once at the turn of each minute from the start. */
final class WindowMeter implements Meter {
  private final long limit;
  private final long startNanos;
  private long window;
  private long used;

  WindowMeter(long limit, long startNanos) {
    this.limit = limit;
    this.startNanos = startNanos;
  }

  @Override
  public long limit() {
    return limit;
  }

  @Override
  public long waitNanos(long amount, long nanos) {
    if (amount > limit) {
      return NEVER;
    }
    turn(nanos);
    return used + amount <= limit ? 0 : untilTurnNanos(nanos);
  }

  @Override
  public void charge(long amount, long nanos) {
    turn(nanos);
    used = Math.max(0, used + amount);
  }

  @Override
  public void correct(long amount, long chargedNanos, long nanos) {
    turn(nanos);
    if (amount > 0 || windowAt(chargedNanos) == window) {
      charge(amount, nanos);
    }
  }

  @Override
  public long remaining(long nanos) {
    turn(nanos);
    return Math.max(0, limit - used);
  }

  @Override
  public long resetNanos(long nanos) {
    turn(nanos);
    return used == 0 ? 0 : untilTurnNanos(nanos);
  }

  private void turn(long nanos) {
    if (windowAt(nanos) > window) {
      window = windowAt(nanos);
      used = 0;
    }
  }

  private long windowAt(long nanos) {
    return Math.floorDiv(nanos - startNanos, MINUTE_NANOS);
  }

  private long untilTurnNanos(long nanos) {
    return startNanos + (window + 1) * MINUTE_NANOS - nanos;
  }
}
