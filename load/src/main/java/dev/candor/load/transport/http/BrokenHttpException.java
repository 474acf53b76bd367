package dev.candor.load.transport.http;

import dev.candor.record.Outcome;

/** A response that cannot be read on; the message says what was found and what would be right. */
final class BrokenHttpException extends Exception {
  private static final long serialVersionUID = 1;

  /** {@link Outcome#NOT_HTTP} or {@link Outcome#OVERSIZED}. */
  final Outcome outcome;

  private BrokenHttpException(Outcome outcome, String message) {
    super(message, null, false, false);
    this.outcome = outcome;
  }

  static BrokenHttpException notHttp(String message) {
    return new BrokenHttpException(Outcome.NOT_HTTP, message);
  }

  static BrokenHttpException oversized(String message) {
    return new BrokenHttpException(Outcome.OVERSIZED, message);
  }
}
