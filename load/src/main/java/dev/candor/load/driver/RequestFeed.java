package dev.candor.load.driver;

import dev.candor.load.transport.PreparedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Requests encoded ahead of their start: the k-th of loop l is the run's request l + k·loops. Each
 * loop takes its own, from its own thread.
 */
public interface RequestFeed extends AutoCloseable {

  /** The loop's next request, or null while none is ready. Never blocks. */
  @Nullable PreparedRequest poll(int loop);

  @Override
  void close();
}
