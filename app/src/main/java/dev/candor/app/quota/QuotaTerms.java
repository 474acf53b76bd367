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

  /** Large requests a second at most. */
  static final double MOST_LARGE = 10;

  /** Of the smallest request that looks for a limit on tokens, with all that comes with it. */
  private static final double LEAST_TOKENS = 40;

  /** Requests a second that look for a limit on requests. */
  double requestsPerSecond() {
    return BEYOND * rpmUpTo / MINUTE;
  }

  /** Tokens a second that look for a limit on tokens. */
  double tokensPerSecond() {
    return BEYOND * tpmUpTo / MINUTE;
  }

  /** Requests at most: two bursts of small ones, and never more than ten large ones a second. */
  public long mostRequests() {
    return Math.round(2 * requestsPerSecond() * BURST_SECONDS + MOST_LARGE * mostSeconds());
  }

  /** Tokens that may be asked for at most: read, written, or reserved and not written. */
  public long mostTokens() {
    double perSecond = Math.max(tokensPerSecond(), MOST_LARGE * LEAST_TOKENS);
    return Math.round(4 * perSecond * BURST_SECONDS) + 2 * mostRequests();
  }

  /** How long it takes at most. */
  public double mostSeconds() {
    return 4 * (2 * BURST_SECONDS + windowSeconds + steadySeconds);
  }
}
