package dev.candor.mock.times;

/** An answer whose tokens are timed. Told in order, on the mock's event loop. */
public interface TokenListener {

  /** Work on it began. */
  void scheduled(long nanos, int cachedTokens, int replica);

  /** The next token was ready to be sent at {@code nanos}, now or a little earlier. */
  void token(long nanos);

  /** Its memory was taken away; it will be computed again. */
  void preempted(long nanos);

  /** Its replica died. */
  void crashed(long nanos);
}
