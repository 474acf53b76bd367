package dev.candor.mock;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Lets a limited number be served at once, the others in order. <b>For the mock's event loop.</b>
 */
final class AdmissionQueue {
  private final int limit;
  private final SequencedMap<Exchange, Runnable> waiting = new LinkedHashMap<>();
  private int serving;

  /**
   * @param limit 0: none
   */
  AdmissionQueue(int limit) {
    this.limit = limit;
  }

  boolean limits() {
    return limit > 0;
  }

  /** Serves now or later; each service is to be followed by one {@link #release}. */
  void admit(Exchange exchange, Runnable serve) {
    if (limit > 0 && serving >= limit) {
      waiting.put(exchange, serve);
    } else {
      serving++;
      serve.run();
    }
  }

  void release() {
    serving--;
    Map.Entry<Exchange, Runnable> next = waiting.pollFirstEntry();
    if (next != null) {
      serving++;
      next.getValue().run();
    }
  }

  /** It no longer waits, if it did. */
  void leave(Exchange exchange) {
    waiting.remove(exchange);
  }

  int waiting() {
    return waiting.size();
  }
}
