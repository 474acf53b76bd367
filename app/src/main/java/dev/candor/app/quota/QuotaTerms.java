package dev.candor.app.quota;

/**
 * How far a search goes. It says what it may cost before it begins.
 *
 * @param rpmUpTo requests a minute beyond which no limit is looked for
 * @param tpmUpTo tokens a minute beyond which none is
 * @param largestTokens of one request
 * @param steadySeconds for which a limit is asked in the steady state at most
 * @param windowSeconds the longest window that is waited for
 * @param within wanted half-width of a rate's bounds, as a share of it
 */
public record QuotaTerms(
    long rpmUpTo,
    long tpmUpTo,
    int largestTokens,
    double steadySeconds,
    double windowSeconds,
    double within) {
  public static final QuotaTerms DEFAULT = new QuotaTerms(3000, 300_000, 2000, 60, 75, 0.01);

  /** Past a minute, so that a minute's worth at the highest rate is used up. */
  static final double BURST_SECONDS = 62;

  /** A bucket of a minute's worth is used up within a minute at twice its rate. */
  static final double BEYOND = 2;

  private static final double MINUTE = 60;

  /** Requests a second that look for a limit on requests. */
  double requestsPerSecond() {
    return BEYOND * rpmUpTo / MINUTE;
  }

  /** Tokens a second that look for a limit on tokens. */
  double tokensPerSecond() {
    return BEYOND * tpmUpTo / MINUTE;
  }

  /** Requests at most: three bursts a limit at worst, and what follows them. */
  public long mostRequests() {
    return Math.round(2 * requestsPerSecond() * BURST_SECONDS + 4 * 10 * mostSeconds() / 4);
  }

  /** Tokens that may be asked for at most, read, or reserved and not read. */
  public long mostTokens() {
    return Math.round(3 * tokensPerSecond() * BURST_SECONDS);
  }

  /** How long it takes at most. */
  public double mostSeconds() {
    return 4 * (2 * BURST_SECONDS + windowSeconds + steadySeconds);
  }
}
