package dev.candor.load.driver;

import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.workload.Session;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests encoded ahead of their start: the k-th of loop l begins the run's session l + k·loops.
 * Each loop takes its own, from its own thread.
 */
public interface RequestFeed extends AutoCloseable {

  /** The first request of the loop's next session, or null while none is ready. Never blocks. */
  @Nullable PreparedRequest poll(int loop);

  /**
   * Has made what follows {@code ended} in its session, and hands it to {@code then} by {@code
   * loop}, the executor of the loop that asks. Never blocks; {@code then} is never called once the
   * feed has failed or was closed.
   */
  void follow(EndedCall ended, Executor loop, Consumer<List<Following>> then);

  /**
   * A request that has ended, and how it was answered.
   *
   * @param answer as the server escaped it; empty where the session did not ask for it
   * @param tokens of the answer by the server's count, -1 where it sent none
   */
  record EndedCall(PreparedRequest request, byte[] answer, int tokens) {
    private static final byte[] NOT_KEPT = {};

    static EndedCall of(PreparedRequest request, AttemptTrace trace) {
      boolean kept = request.turn().follow() == Session.Follow.ANSWER;
      return new EndedCall(request, kept ? trace.answer() : NOT_KEPT, trace.completionTokens());
    }
  }

  /** A request of a session, to start {@code waitNanos} after the one that it follows has ended. */
  record Following(long waitNanos, PreparedRequest request) {}

  @Override
  void close();
}
