package dev.candor.mock;

import java.util.List;

/**
 * What the mock truly did for one request. Instants on the machine's monotonic clock, nanoseconds;
 * those that did not come are 0.
 *
 * @param request its number: the client's, or the order of arrival
 * @param path of the endpoint
 * @param status that was answered; 0: none, the connection was closed or left open before
 * @param arrival the whole request was read
 * @param start work on it began; later than {@code arrival} where it had to queue
 * @param replica that worked on it, from 0; -1: none
 * @param promptTokens all of them
 * @param cachedTokens those of the prompt that the prefix cache held
 * @param outputTokens that were sent
 * @param preempted when the engine took its memory away
 * @param events that were sent
 * @param faults that struck, by name
 * @param slowReader whether the client's slow reading held events back; their lateness is its own
 * @param complete whether the answer was sent to its end
 */
public record TruthRecord(
    long request,
    String path,
    int status,
    long arrival,
    long start,
    long end,
    int replica,
    int promptTokens,
    int cachedTokens,
    int outputTokens,
    int reasoningTokens,
    long[] preempted,
    SentEvents events,
    List<String> faults,
    boolean slowReader,
    boolean complete) {

  /** A request that got no answer. */
  static TruthRecord refused(
      long request,
      String path,
      int status,
      long arrival,
      long end,
      int promptTokens,
      List<String> faults) {
    return new TruthRecord(
        request,
        path,
        status,
        arrival,
        0,
        end,
        -1,
        promptTokens,
        0,
        0,
        0,
        new long[0],
        new SentEvents(),
        faults,
        false,
        false);
  }

  /** When the first token was meant to be sent, 0 where none was. */
  public long firstToken() {
    return events.firstIntended();
  }

  /** When each event was meant to be sent. */
  public long[] intended() {
    return events.intended();
  }

  /** When each was handed to the socket. */
  public long[] emitted() {
    return events.emitted();
  }

  /** The tokens that each carried. */
  public int[] tokens() {
    return events.tokens();
  }
}
