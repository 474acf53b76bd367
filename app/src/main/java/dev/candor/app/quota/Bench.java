package dev.candor.app.quota;

import java.util.List;

/** Where volleys are fired: at a target over HTTP, or at a simulated one in virtual time. */
interface Bench extends AutoCloseable {

  /** Instants of records count from here. */
  long originNanos();

  /** Now, since the origin. */
  long nanos();

  /**
   * Fires {@code volley} and waits until all its attempts have ended.
   *
   * @param phase index in the records
   * @return its attempts in the order in which they were sent
   */
  List<Probe> fire(Volley volley, int phase) throws InterruptedException;

  /** Lets time pass without a request. */
  void rest(long nanos) throws InterruptedException;

  @Override
  void close();
}
