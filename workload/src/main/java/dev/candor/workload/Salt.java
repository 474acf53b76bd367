package dev.candor.workload;

import dev.candor.base.random.Seed;
import dev.candor.token.Tokenizer;

/**
 * Text ahead of every prompt of a run, so that no prefix cache of an earlier run answers it, while
 * prefixes shared inside the run stay shared.
 */
record Salt(long nonce, String text, int tokens) {
  static final Salt NONE = new Salt(0, "", 0);

  private static final int SHORT = 4;

  static Salt of(long runNonce, Tokenizer tokenizer) {
    String text = "[" + Long.toHexString(Seed.mixed(runNonce) | Long.MIN_VALUE) + "]";
    return new Salt(runNonce, text, tokenizer.count(text));
  }

  /** Another salt for every round through a source that starts over; the first round's is this. */
  Salt ofRound(long round, Tokenizer tokenizer) {
    return round == 0 || text.isEmpty() ? this : of(Seed.mixed(nonce ^ round), tokenizer);
  }

  /** The salt, or as much of it as a prompt of {@code promptTokens} has room for. */
  Salt fitting(int promptTokens, Tokenizer tokenizer) {
    if (tokens < promptTokens || text.isEmpty()) {
      return this;
    }
    for (int length = SHORT; length > 0; length--) {
      String part = text.substring(1, 1 + length);
      int partTokens = tokenizer.count(part);
      if (partTokens <= promptTokens) {
        return new Salt(nonce, part, partTokens);
      }
    }
    return NONE;
  }
}
