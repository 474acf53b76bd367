package dev.candor.mock.quota;

/** A bucket that holds a minute's worth and refills all the time. */
final class BucketMeter implements Meter {
  /*
   * Kept as one instant, that at which the bucket will be full again (the generic cell rate
   * algorithm, ITU-T I.371): what is used is the time until then at the rate of refill. A charge
   * moves the instant, and no timer refills anything. A unit's time is rounded down, so that a
   * minute's worth of single units always fits.
   */
  private static final double ROUNDING = 1e-6;

  private final long limit;
  private long fullNanos;

  BucketMeter(long limit, long startNanos) {
    this.limit = limit;
    this.fullNanos = startNanos;
  }

  @Override
  public long limit() {
    return limit;
  }

  @Override
  public long waitNanos(long amount, long nanos) {
    return amount > limit
        ? NEVER
        : Math.max(0, resetNanos(nanos) + refillNanos(amount) - MINUTE_NANOS);
  }

  @Override
  public void charge(long amount, long nanos) {
    fullNanos = nanos + resetNanos(nanos) + refillNanos(amount);
  }

  @Override
  public void correct(long amount, long chargedNanos, long nanos) {
    charge(amount, nanos);
  }

  @Override
  public long remaining(long nanos) {
    double share = (MINUTE_NANOS - resetNanos(nanos)) / (double) MINUTE_NANOS;
    return Math.max(0, (long) (share * limit + ROUNDING));
  }

  @Override
  public long resetNanos(long nanos) {
    return Math.max(0, fullNanos - nanos);
  }

  private long refillNanos(long amount) {
    return (long) ((double) amount * MINUTE_NANOS / limit);
  }
}
