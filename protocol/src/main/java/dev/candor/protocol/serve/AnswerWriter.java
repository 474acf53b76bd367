package dev.candor.protocol.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one answer in its dialect: either its stream events, in the order {@link #open}, {@link
 * #piece} for each token event, {@link #close}, or its {@link #whole} body. <b>For one thread.</b>
 * Texts may hold anything. Usage that is null is left out, as by a server that forgets it.
 */
public interface AnswerWriter {

  /**
   * Writes what comes before the first token.
   *
   * @param usage of which the prompt's side counts
   */
  void open(@Nullable TokenUsage usage, StringBuilder out);

  /** Writes one token event, and before it what a change of kind closes and opens. */
  void piece(PieceKind kind, String text, StringBuilder out);

  /** Writes what ends the stream well. */
  void close(Finish finish, @Nullable TokenUsage usage, StringBuilder out);

  /**
   * The body of an answer that is not streamed.
   *
   * @param pieces the text of each kind, in the order of their generation
   */
  String whole(List<Piece> pieces, Finish finish, @Nullable TokenUsage usage);

  /** Writes what keeps a connection busy and means nothing. */
  void ping(StringBuilder out);

  /** Writes an error amid a stream that began well, as if its status were the response's. */
  void errorFrame(ServiceError error, StringBuilder out);
}
