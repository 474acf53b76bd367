package dev.candor.load.transport.http;

import dev.candor.record.Outcome;
import org.jspecify.annotations.Nullable;

/** What an exchange runs over: a connection, or a stream of one. <b>For its event loop only.</b> */
interface Connection {

  /** Sends the exchange's request; to be called while {@link #isOpen} and free. */
  void send(HttpExchange exchange);

  boolean isOpen();

  /** Ends the exchange and what it runs over: the rest of the response is not wanted. */
  void abort(HttpExchange exchange, Outcome outcome, @Nullable String why);

  /** Closes it while no exchange is on it. */
  void close();
}
