package dev.candor.mock.quota;

import dev.candor.scenario.Quota;

/** How much of one limit is used. Not thread-safe. Time may step back a little between threads. */
sealed interface Meter permits BucketMeter, WindowMeter {
  long MINUTE_NANOS = 60_000_000_000L;

  /** A wait that never ends. */
  long NEVER = Long.MAX_VALUE;

  static Meter of(Quota.Kind kind, long limit, long startNanos) {
    return switch (kind) {
      case TOKEN_BUCKET -> new BucketMeter(limit, startNanos);
      case FIXED_WINDOW -> new WindowMeter(limit, startNanos);
    };
  }

  /** A minute's worth. */
  long limit();

  /** Until {@code amount} is there: 0 where it is, {@link #NEVER} where it exceeds the limit. */
  long waitNanos(long amount, long nanos);

  /** Uses up {@code amount}, whether or not it is there. */
  void charge(long amount, long nanos);

  /**
   * Puts right what was charged at {@code chargedNanos}.
   *
   * @param amount what it was too little by; negative: too much
   */
  void correct(long amount, long chargedNanos, long nanos);

  /** Whole units left, never below 0. */
  long remaining(long nanos);

  /** Until nothing is used any more. */
  long resetNanos(long nanos);
}
