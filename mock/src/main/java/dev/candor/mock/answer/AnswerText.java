package dev.candor.mock.answer;

/** The tokens' texts of one answer, in order. <b>For one thread.</b> */
public interface AnswerText {

  /** The text of the next token. */
  String next();

  /** The joined texts of the next {@code tokens}. */
  default String next(int tokens) {
    if (tokens == 1) {
      return next();
    }
    StringBuilder text = new StringBuilder(Math.min(tokens, 1 << 16) * 5);
    for (int i = 0; i < tokens; i++) {
      text.append(next());
    }
    return text.toString();
  }
}
