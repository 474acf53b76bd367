package dev.candor.engine;

/**
 * Engines behind one address, on one time, which is the caller's. What they do is told to the
 * {@link EngineListener} that they were made with. <b>Not safe for use by several threads.</b>
 */
public interface Serving {

  /** As {@link Engine#submit}. */
  Admission submit(long nanos, EngineRequest request);

  /** As {@link Engine#cancel}. */
  boolean cancel(long nanos, long id);

  /**
   * The instant of the next thing that a listener must hear of on time, {@code Long.MAX_VALUE}
   * where there is none.
   */
  long nextNanos();

  /** Does all that is due up to and at {@code nanos}, in order of time over all replicas. */
  void advance(long nanos);

  /**
   * Tells of all tokens that are ready at {@code nanos} and were not told of yet: an engine that
   * runs ahead tells of most tokens late.
   */
  void tellSoFar(long nanos);

  /** The same of one request at least. */
  default void tellSoFar(long nanos, long id) {
    tellSoFar(nanos);
  }

  /** Replicas, those that are down included. */
  int size();

  /** One of them, to look at or to disturb, after {@link #advance} to that instant. */
  Engine replica(int index);
}
