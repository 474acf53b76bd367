package dev.candor.scenario;

import org.jspecify.annotations.Nullable;

/**
 * When to end a run before its time; what was measured is kept. A rule that is null never ends it.
 *
 * @param failedShare of the attempts that ended in the last {@code overNanos}, 0 to 1: more of them
 *     failed
 * @param goodputBelow of the requests that ended in the last {@code overNanos}, 0 to 1: fewer met
 *     their SLOs
 * @param cost of all attempts so far, in the currency of the prices: it has been passed
 * @param clientLimitedNanos for so long without a break the client, not the server, was measured
 * @param overNanos the time that the shares are of
 */
public record Abort(
    @Nullable Double failedShare,
    @Nullable Double goodputBelow,
    @Nullable Double cost,
    @Nullable Long clientLimitedNanos,
    long overNanos) {
  public static final long DEFAULT_OVER_NANOS = 30_000_000_000L;

  /** The rule about the client, as sentences about it name it: it makes a run invalid. */
  public static final String CLIENT_LIMITED = "abort.client_limited";

  /** A run that lasts as long as its steps. */
  public static final Abort NEVER = new Abort(null, null, null, null, DEFAULT_OVER_NANOS);
}
