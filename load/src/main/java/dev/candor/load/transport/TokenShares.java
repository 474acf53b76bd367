package dev.candor.load.transport;

import dev.candor.record.OneTokenEach;

/**
 * Shares an answer's tokens out over its stream events. Servers say how many tokens an answer has,
 * not which event carried how many: where there are as many events as tokens each has one, else
 * tokens go by the bytes of text, rounding the running total, so that their sum is exact.
 */
final class TokenShares {
  private TokenShares() {}

  /**
   * @param tokens of the answer, at least 0
   * @param bytes of text of each event
   * @return tokens of each event, with the sum {@code tokens} unless there is no event
   */
  static int[] share(int tokens, int[] bytes) {
    if (tokens == bytes.length) {
      return OneTokenEach.of(tokens);
    }
    int[] shares = new int[bytes.length];
    long total = 0;
    for (int b : bytes) {
      total += b;
    }
    long seenBytes = 0;
    long given = 0;
    for (int i = 0; i < bytes.length; i++) {
      // The running total is rounded, not the share: the error never adds up.
      seenBytes += bytes[i];
      long due =
          total == 0
              ? (long) tokens * (i + 1) / bytes.length
              : (2L * tokens * seenBytes + total) / (2 * total);
      shares[i] = (int) (due - given);
      given = due;
    }
    return shares;
  }
}
