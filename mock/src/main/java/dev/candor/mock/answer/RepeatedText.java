package dev.candor.mock.answer;

import java.util.List;

/** The same tokens over and over. */
final class RepeatedText implements AnswerText {
  private final List<String> tokens;
  private int next;

  /**
   * @param tokens at least one
   */
  RepeatedText(List<String> tokens) {
    this.tokens = tokens;
  }

  @Override
  public String next() {
    String token = tokens.get(next);
    next = next + 1 == tokens.size() ? 0 : next + 1;
    return token;
  }
}
