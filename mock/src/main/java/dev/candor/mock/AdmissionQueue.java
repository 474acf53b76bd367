package dev.candor.mock;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Lets a limited number be served at once, the others in order. <b>For the mock's event loop.</b>
 */
final class AdmissionQueue {
  private final int limit;
  private final SequencedMap<Object, Runnable> waiting = new LinkedHashMap<>();
  private int serving;
  private boolean calling;

  /**
   * @param limit 0: none
   */
  AdmissionQueue(int limit) {
    this.limit = limit;
  }

  boolean limits() {
    return limit > 0;
  }

  /**
   * Serves now or later; each service is to be followed by one {@link #release}.
   *
   * @param exchange by which it may {@link #leave}
   */
  void admit(Object exchange, Runnable serve) {
    if (limit > 0 && serving >= limit) {
      waiting.put(exchange, serve);
    } else {
      serving++;
      serve.run();
    }
  }

  void release() {
    serving--;
    if (calling) {
      // From a service that ended at once; the loop below goes on, and no stack grows.
      return;
    }
    calling = true;
    try {
      while (serving < limit && !waiting.isEmpty()) {
        Map.Entry<Object, Runnable> next = waiting.pollFirstEntry();
        serving++;
        next.getValue().run();
      }
    } finally {
      calling = false;
    }
  }

  /** It no longer waits, if it did. */
  void leave(Object exchange) {
    waiting.remove(exchange);
  }

  int waiting() {
    return waiting.size();
  }
}
