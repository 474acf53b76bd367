package dev.candor.mock.metrics;

/** What happens to requests, counted under a server's names. <b>For the mock's event loop.</b> */
public interface ServerMetrics {

  /** A request's first token was ready at {@code nanos}. */
  void firstToken(int replica, long nanos, long ttftNanos, int promptTokens);

  /** Another one was. */
  void nextToken(int replica, long nanos, long itlNanos);

  void finished(FinishedRequest request);

  /** All that was to be told up to now has been told; a scrape follows. */
  void settle();
}
