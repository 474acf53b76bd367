package dev.candor.load.transport.http;

import dev.candor.load.transport.AttemptTrace;

/** What exchanges run over. <b>For its event loop only.</b> */
interface Connection extends Place {

  /** Sends the exchange's request; to be called while {@link #isOpen} and free. */
  void send(HttpExchange exchange);

  boolean isOpen();

  /**
   * How many more exchanges it takes beside those on it; one that takes no second one says 0 from
   * first to last, and is free when it is given back.
   */
  default int room() {
    return 0;
  }

  /** The network's round trip as it is now, in nanoseconds, or {@link AttemptTrace#NO_INSTANT}. */
  default long rttNanos() {
    return AttemptTrace.NO_INSTANT;
  }

  /** Closes it while no exchange is on it. */
  void close();
}
