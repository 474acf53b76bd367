package dev.candor.mock.quota;

/** What an admitted request was charged. Opaque; guarded by its {@link Quotas}. */
public final class Reservation {
  private final Account account;
  private final long inputTokens;
  private final long admittedNanos;
  private boolean settled;

  Reservation(Account account, long inputTokens, long admittedNanos) {
    this.account = account;
    this.inputTokens = inputTokens;
    this.admittedNanos = admittedNanos;
  }

  /** Puts the estimate right, once. */
  void settle(long uncachedInputTokens, long outputTokens, long nanos) {
    if (!settled) {
      settled = true;
      account.correct(
          LimitKind.INPUT_TOKENS, uncachedInputTokens - inputTokens, admittedNanos, nanos);
      account.correct(LimitKind.OUTPUT_TOKENS, outputTokens, admittedNanos, nanos);
    }
  }
}
