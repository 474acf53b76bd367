package dev.candor.load.driver;

import dev.candor.load.health.LoopSecond;
import dev.candor.load.transport.AttemptTrace;

/** Where loops leave what happened. Called on the loops' threads; must not block them. */
public interface RunSink {

  /** A finished attempt; the trace now belongs to the sink. */
  void ended(AttemptTrace trace);

  /** A loop's view of its last second. */
  void second(LoopSecond second);

  /** A trace to use for {@code loop}'s next attempt, reset. */
  AttemptTrace trace(int loop);
}
