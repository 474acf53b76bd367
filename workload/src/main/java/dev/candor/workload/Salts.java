package dev.candor.workload;

import dev.candor.base.random.Seed;
import dev.candor.scenario.SaltScope;
import dev.candor.token.Tokenizer;

/** The salt of each prompt. <b>Safe for use by several threads.</b> */
final class Salts {
  private final SaltScope scope;
  private final Salt ofRun;
  private final Tokenizer tokenizer;

  Salts(SaltScope scope, long runNonce, Tokenizer tokenizer) {
    this.scope = scope;
    this.ofRun = scope == SaltScope.NONE ? Salt.NONE : Salt.of(runNonce, tokenizer);
    this.tokenizer = tokenizer;
  }

  /** Whether sessions have the same. */
  boolean shared() {
    return switch (scope) {
      case RUN, NONE -> true;
      case SESSION, REQUEST -> false;
    };
  }

  /** Whether a session's prompts have the same. */
  boolean ofSessions() {
    return scope != SaltScope.REQUEST;
  }

  /** That of a session's call {@code turn}. */
  Salt of(long session, int turn) {
    return switch (scope) {
      case RUN, NONE -> ofRun;
      case SESSION -> derived(new Seed(ofRun.nonce()).derive(session));
      case REQUEST -> derived(new Seed(ofRun.nonce()).derive(session).derive(turn));
    };
  }

  /**
   * That of the request {@code number} of a source of {@code size} requests that starts over with
   * other salts each time.
   */
  Salt ofRound(long number, int size) {
    return ofRound(number, 0, size);
  }

  /** That of the call {@code turn} of the session {@code number} of such a source. */
  Salt ofRound(long number, int turn, int size) {
    return shared() ? ofRun.ofRound(number / size, tokenizer) : of(number, turn);
  }

  /** One that no other request of any run has, whatever the scope. */
  Salt unique(long number) {
    return derived(new Seed(ofRun.nonce()).derive("unique").derive(number));
  }

  private Salt derived(Seed seed) {
    return Salt.of(seed.value(), tokenizer);
  }
}
