package dev.candor.mock.answer;

import dev.candor.protocol.serve.Finish;
import dev.candor.protocol.serve.PieceKind;
import java.util.List;

/**
 * What one answer will be.
 *
 * @param tokens of it all, at least 1
 * @param reasoningTokens the first of them, fewer than all
 * @param seed of its words
 * @param repeated the tokens that make the part after the reasoning, over and over; empty: words
 *     from the seed
 * @param kind of that part
 */
public record AnswerPlan(
    int tokens,
    int reasoningTokens,
    long seed,
    List<String> repeated,
    PieceKind kind,
    Finish finish) {

  /** What token {@code index} is for. */
  public PieceKind kind(int index) {
    return index < reasoningTokens ? PieceKind.REASONING : kind;
  }

  /** Its text, from the first token; the same each time. */
  public AnswerText text() {
    AnswerText words = new SeededWords(seed);
    if (repeated.isEmpty()) {
      return words;
    }
    AnswerText rest = new RepeatedText(repeated);
    return new AnswerText() {
      private int thought = reasoningTokens;

      @Override
      public String next() {
        return thought-- > 0 ? words.next() : rest.next();
      }
    };
  }
}
