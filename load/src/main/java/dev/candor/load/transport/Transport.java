package dev.candor.load.transport;

import dev.candor.load.health.LoopGauges;
import dev.candor.record.Outcome;
import java.util.function.Consumer;

/** Carries requests to the target. One per event loop; <b>for that loop's thread only.</b> */
public interface Transport extends AutoCloseable {

  /**
   * Sends {@code request}, fills {@code trace} with what happens, and calls {@code ended} once, on
   * this thread, when the attempt's outcome is known.
   */
  Exchange start(PreparedRequest request, AttemptTrace trace, Consumer<AttemptTrace> ended);

  /** What the platform tells about this loop's thread and sockets. */
  default LoopGauges gauges() {
    return LoopGauges.NONE;
  }

  /**
   * Learns of all that has come until {@code now}, where it is not told of each token as it comes;
   * {@link Exchange#settle} then writes it into an attempt's trace.
   */
  default void settle(long now) {}

  /** Closes idle connections; attempts in flight are cut by their owner before. */
  @Override
  void close();

  /** An attempt in flight. */
  interface Exchange {
    /** Ends it now with {@code outcome}; without effect once it has ended. */
    void cut(Outcome outcome);

    /** Has the trace hold all that has come until {@code now}. */
    default void settle(long now) {}
  }
}
