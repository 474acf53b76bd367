package dev.candor.load.retry;

import dev.candor.scenario.Retries;
import java.util.Arrays;

/**
 * How many retries there may be, by how many requests have begun in the last ten seconds. <b>For
 * one thread.</b>
 */
final class RetryBudget {
  /*
   * As Finagle's RetryBudget [1]: a share of the requests and a rate that is always allowed, both
   * over a window. Finagle counts in tokens that leak; here both are counted second by second.
   *
   * [1] https://twitter.github.io/finagle/guide/Clients.html#retries
   */
  private static final long SECOND = 1_000_000_000L;
  private static final int SECONDS = (int) (Retries.Budget.WINDOW_NANOS / SECOND);

  private final double share;
  private final double always;
  private final long[] begun = new long[SECONDS];
  private final long[] retried = new long[SECONDS];
  private long latest = Long.MIN_VALUE;
  private long begunInWindow;
  private long retriedInWindow;

  /**
   * @param loops which share what is always allowed
   */
  RetryBudget(Retries.Budget budget, int loops) {
    this.share = budget.share();
    this.always = budget.minPerSecond() * SECONDS / loops;
  }

  /** A request has begun. */
  void begun(long nanos) {
    int slot = slot(nanos);
    begun[slot]++;
    begunInWindow++;
  }

  /** Whether one retry more is within it. */
  boolean allows(long nanos) {
    var _ = slot(nanos);
    return retriedInWindow + 1 <= share * begunInWindow + always;
  }

  /** There is one retry more. */
  void retried(long nanos) {
    int slot = slot(nanos);
    retried[slot]++;
    retriedInWindow++;
  }

  private int slot(long nanos) {
    long second = Math.floorDiv(nanos, SECOND);
    if (latest == Long.MIN_VALUE || second - latest >= SECONDS) {
      Arrays.fill(begun, 0);
      Arrays.fill(retried, 0);
      begunInWindow = retriedInWindow = 0;
      latest = second;
    }
    while (latest < second) {
      latest++;
      int slot = Math.floorMod(latest, SECONDS);
      begunInWindow -= begun[slot];
      retriedInWindow -= retried[slot];
      begun[slot] = retried[slot] = 0;
    }
    return Math.floorMod(second, SECONDS);
  }
}
