package dev.candor.load.transport.http;

import dev.candor.record.Outcome;
import org.jspecify.annotations.Nullable;

/** Where an exchange is: in a queue for a connection, or on one. <b>For its event loop only.</b> */
interface Place {

  /** Takes the exchange out and ends it; whatever only it needed is given up. */
  void abort(HttpExchange exchange, Outcome outcome, @Nullable String why);
}
