package dev.candor.app.quota;

import java.util.List;

/**
 * Requests of one shape at a constant rate, until enough is known.
 *
 * @param name of the phase in the records
 * @param mostNanos after which it ends, whatever is known
 * @param mostRequests after which it ends
 * @param until looked at as each answer ends
 */
record Volley(
    String name, Shape shape, double ratePerSecond, long mostNanos, int mostRequests, Until until) {

  /** Whether enough is known. <b>Asked on the loop's thread.</b> */
  @FunctionalInterface
  interface Until {
    Until NEVER = ended -> false;

    /**
     * @param ended of this volley so far, in the order in which they ended
     */
    boolean enough(List<Probe> ended);
  }

  static Volley of(String name, Shape shape, double ratePerSecond, double seconds, Until until) {
    return new Volley(
        name, shape, ratePerSecond, Math.round(seconds * 1e9), Integer.MAX_VALUE, until);
  }

  static Volley single(String name, Shape shape) {
    return new Volley(name, shape, 1e3, Long.MAX_VALUE / 4, 1, Until.NEVER);
  }

  /** The same, of so many requests at most. */
  Volley atMost(long requests) {
    return new Volley(
        name, shape, ratePerSecond, mostNanos, (int) Math.min(requests, mostRequests), until);
  }
}
