package dev.candor.mock.metrics;

/** What happens to requests, counted under a server's names. <b>For the mock's event loop.</b> */
public interface ServerMetrics {

  void firstToken(int replica, long ttftNanos);

  void nextToken(int replica, long itlNanos);

  void finished(FinishedRequest request);
}
