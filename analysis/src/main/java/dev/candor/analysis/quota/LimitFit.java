package dev.candor.analysis.quota;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A limit, as what was asked tells of it.
 *
 * @param perMinute what it lets pass, in the units of {@code counting}
 * @param burst what it lets pass at once: what a bucket held as the first request came, or the
 *     budget of a window
 * @param windowSeconds length of a fixed window, else null
 * @param turnNanos an instant at which the window turned, else null
 * @param misfit by how much it is wrong about at least one request, in requests of the usual size;
 *     0: it explains them all
 */
public record LimitFit(
    Counting counting,
    Refill refill,
    Range perMinute,
    Range burst,
    @Nullable Range windowSeconds,
    @Nullable Long turnNanos,
    double misfit) {
  /** Requests about which a limit may be wrong, and still be said to explain what was seen. */
  public static final double TOLERATED = 2;

  private static final double MINUTE = 60;

  /** How a limit comes back. */
  public enum Refill {
    TOKEN_BUCKET("token_bucket", "refills all the time"),
    FIXED_WINDOW("fixed_window", "comes back all at once"),
    UNCLEAR("unclear", "comes back in a way that is neither a bucket's nor a fixed window's");

    private final String key;
    private final String words;

    Refill(String key, String words) {
      this.key = key;
      this.words = words;
    }

    public String key() {
      return key;
    }

    public String words() {
      return words;
    }
  }

  /**
   * The limit that explains best what was asked, in the order in which it was sent, if {@code
   * counting} is what it counts; null where nothing passed after a refusal.
   *
   * @param fresh whether nothing of a first window was used before; a bucket need not be full
   */
  public static @Nullable LimitFit of(List<Ask> asks, Counting counting, boolean fresh) {
    BucketFit bucket = BucketFit.of(asks, counting);
    WindowFit window = WindowFit.of(asks, counting, fresh);
    if (bucket == null) {
      return null;
    }
    double unit = usualNeed(asks, counting);
    double ofBucket = bucket.misfit() / unit;
    Range windowRate = window == null ? null : window.ratePerSecond();
    double ofWindow = window == null ? Double.POSITIVE_INFINITY : window.misfit() / unit;
    if (window != null && windowRate != null && ofWindow < ofBucket) {
      return new LimitFit(
          counting,
          ofWindow <= TOLERATED ? Refill.FIXED_WINDOW : Refill.UNCLEAR,
          windowRate.times(MINUTE),
          window.budget(),
          window.seconds(),
          window.turnNanos(),
          ofWindow);
    }
    return new LimitFit(
        counting,
        ofBucket <= TOLERATED ? Refill.TOKEN_BUCKET : Refill.UNCLEAR,
        bucket.ratePerSecond().times(MINUTE),
        bucket.burst(),
        null,
        null,
        ofBucket);
  }

  /** The mean of what a request has in the end to do with the limit, at least 1. */
  private static double usualNeed(List<Ask> asks, Counting counting) {
    return Math.max(
        1,
        asks.stream()
            .mapToLong(ask -> Math.max(counting.needed(ask), counting.taken(ask)))
            .average()
            .orElse(1));
  }

  /** The same, with what it lets pass at once as found in another way. */
  public LimitFit withBurst(Range other) {
    return new LimitFit(counting, refill, perMinute, other, windowSeconds, turnNanos, misfit);
  }

  /** Whether it explains what was seen. */
  public boolean explains() {
    return refill != Refill.UNCLEAR;
  }

  /** Whether it would have let pass what passed before, {@code asks}, as far as is certain. */
  public boolean allows(List<Ask> asks) {
    long taken = 0;
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    for (Ask ask : asks) {
      if (ask.admitted()) {
        taken += counting.taken(ask);
        from = Math.min(from, ask.sentNanos());
        to = Math.max(to, ask.endedNanos());
      }
    }
    double minutes = Math.max(0, to - from) / 1e9 / MINUTE;
    // A window may turn twice in less than two of its lengths; a bucket may have been fuller then.
    double most = 2 * Math.max(burst.high(), perMinute.high()) + perMinute.high() * minutes;
    return taken <= most;
  }
}
