package dev.candor.load.transport.simulated;

import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.ServerHints;
import dev.candor.record.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Stands ahead of a simulated server's engines and decides whom it lets through: quotas, faults.
 * Where there are several, each is asked in turn until one refuses. <b>For its scheduler's thread
 * only.</b>
 */
@FunctionalInterface
public interface Gate {

  /**
   * Decides about a request that arrives at the server at {@code nanos}. To be asked once for each
   * attempt.
   */
  Decision admit(Arrival arrival, long nanos);

  /**
   * An attempt that arrives.
   *
   * @param ordinal of all that have arrived at this server, from 0
   * @param attempt which try at the request, from 1
   * @param promptTokens as the server counts them, all of them
   */
  record Arrival(PreparedRequest request, long ordinal, int attempt, int promptTokens) {}

  /** Whether it is served. */
  sealed interface Decision {}

  /**
   * It is not.
   *
   * @param status of HTTP, at least 400
   * @param why for the record
   */
  record Refused(int status, String why, ServerHints hints) implements Decision {}

  /**
   * It is, as far as this gate is concerned.
   *
   * @param cut where its answer breaks off; null: nowhere
   * @param ending is told once when it has ended at the server, however it did
   */
  record Admitted(@Nullable Cut cut, Ending ending) implements Decision {
    /** Without a condition. */
    public static final Admitted FREELY = new Admitted(null, (served, nanos) -> {});
  }

  /**
   * An answer that breaks off.
   *
   * @param afterTokens of it
   * @param outcome of the attempt
   */
  record Cut(int afterTokens, Outcome outcome, String why) {}

  /** Hears of an admitted request's end. */
  @FunctionalInterface
  interface Ending {
    void ended(Served served, long nanos);
  }

  /**
   * What the server did for a request.
   *
   * @param promptTokens 0 where it was turned away behind this gate
   * @param cachedTokens of those, found in a cache
   * @param outputTokens that were made
   * @param clientLeft whether it ended as its client had gone
   */
  record Served(int promptTokens, int cachedTokens, int outputTokens, boolean clientLeft) {
    /** Turned away behind the gate. */
    public static final Served NOTHING = new Served(0, 0, 0, false);
  }
}
