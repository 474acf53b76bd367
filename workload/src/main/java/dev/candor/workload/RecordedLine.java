package dev.candor.workload;

import dev.candor.token.Tokenizer;

/**
 * What somebody said in a corpus, or to a session of one. <b>Safe for use by several threads.</b>
 */
final class RecordedLine {
  private final String role;
  private final String content;

  /** 0 until it has been counted, by whoever asked first. */
  private volatile int countedPlusOne;

  /**
   * @param role system, user or assistant
   */
  RecordedLine(String role, String content) {
    this.role = role;
    this.content = content;
  }

  String role() {
    return role;
  }

  String content() {
    return content;
  }

  int tokens(Tokenizer tokenizer) {
    if (countedPlusOne == 0) {
      countedPlusOne = tokenizer.count(content) + 1;
    }
    return countedPlusOne - 1;
  }
}
