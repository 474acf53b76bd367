package dev.candor.app.quota;

/**
 * What a probing request is like.
 *
 * @param words of its prompt, beside a number that makes it unlike any other
 * @param maxTokens that its answer may have
 * @param cut whether the answer is given up at its first token: whether it was let pass is known by
 *     then, and the rest would only cost
 */
record Shape(String name, int words, int maxTokens, boolean cut) {
  /** As little as a request can ask for. */
  static final Shape TINY = new Shape("tiny", 1, 1, false);

  /** A short prompt that reserves a long answer, and does not read it. */
  static Shape reserving(int tokens) {
    return new Shape("reserving", 1, Math.max(1, tokens), true);
  }

  /** A long prompt for the shortest answer. */
  static Shape reading(int tokens) {
    return new Shape("reading", Math.max(1, tokens), 1, false);
  }

  /** A short prompt for an answer that is read to its end. */
  static Shape writing(int tokens) {
    return new Shape("writing", 1, Math.max(1, tokens), false);
  }

  /** A long prompt for an answer that is read, a seventh as long. */
  static Shape both(int tokens) {
    return new Shape("both", Math.max(1, tokens), Math.max(16, tokens / 7), false);
  }
}
