package dev.candor.workload;

import java.util.List;
import java.util.function.IntFunction;

/**
 * What one strand of a session will say: its main conversation, or one of its sub-agents.
 *
 * @param strand its number in the session; the main conversation is 0
 * @param system the system message, empty: there is none
 * @param documents ahead of the first message's own text
 * @param turns how many requests it has, 1 or more
 * @param turn what its request of that index is
 */
record Script(
    String requestClass,
    long session,
    int strand,
    List<Piece> system,
    List<Piece> documents,
    int turns,
    IntFunction<Turn> turn) {

  /**
   * One request.
   *
   * @param messageTokens of the message's own text
   * @param thinkNanos from the end of the answer before to this request
   */
  record Turn(int messageTokens, int outputTokens, long thinkNanos) {}

  private static final int TEXTS_A_TURN = 3;

  /** The message's own text in the turn of that index. */
  Piece message(int index, int tokens) {
    return own(index, 0, tokens);
  }

  /** What stands for the answer, where the real one is not carried on. */
  Piece answer(int index, int tokens) {
    return own(index, 1, tokens);
  }

  /** A summary of what was said before. */
  Piece summary(int index, int tokens) {
    return own(index, 2, tokens);
  }

  private Piece own(int index, int text, int tokens) {
    return new Piece.Generated(
        TextNumbers.own(session, strand, index * TEXTS_A_TURN + text), tokens, false);
  }
}
