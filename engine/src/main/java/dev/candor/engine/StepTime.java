package dev.candor.engine;

/**
 * How long work takes. A step's nominal time is
 *
 * <pre>{@code
 * max(floor, base + perPrefillToken · prefillTokens)
 *     + perContextToken · contextTokens + perSequence · batch + perTokenPair · tokenPairs
 * }</pre>
 *
 * with the counts of {@link StepWork}. The weights are read once a step whatever it computes (base,
 * floor), prefill computes (per prefill token, per token pair), decode reads the KV cache (per
 * context token), and sampling and bookkeeping go by the request (per sequence).
 *
 * @param floorNanos least time of the first term
 * @param baseNanos time of a step without work
 * @param perPrefillTokenNanos per token computed of requests in prefill
 * @param perContextTokenNanos per token of KV that decoding requests read
 * @param perSequenceNanos per request in the step
 * @param perTokenPairNanos per pair of a prefilled token and one that it attends to
 * @param jitter standard deviation of the logarithm of the factor on every step, a log-normal of
 *     mean 1; 0: none
 * @param requestOverheadNanos from a request's arrival until the scheduler sees it: HTTP,
 *     tokenization, hand-over
 * @param tokenOverheadNanos from a step's end until its tokens can be sent; does not hold up the
 *     next step
 */
public record StepTime(
    double floorNanos,
    double baseNanos,
    double perPrefillTokenNanos,
    double perContextTokenNanos,
    double perSequenceNanos,
    double perTokenPairNanos,
    double jitter,
    long requestOverheadNanos,
    long tokenOverheadNanos) {

  public StepTime {
    Checks.notNegative("floor", floorNanos);
    Checks.notNegative("base", baseNanos);
    Checks.notNegative("per_prefill_token", perPrefillTokenNanos);
    Checks.notNegative("per_context_token", perContextTokenNanos);
    Checks.notNegative("per_sequence", perSequenceNanos);
    Checks.notNegative("per_token_pair", perTokenPairNanos);
    Checks.notNegative("jitter", jitter);
    Checks.atLeast("request_overhead", requestOverheadNanos, 0);
    Checks.atLeast("token_overhead", tokenOverheadNanos, 0);
  }

  /** A step's time in nanoseconds, without slowdown and jitter. */
  double nominalNanos(StepWork work) {
    return nominalNanos(work, work.contextTokens);
  }

  /** The same where decoding requests read {@code contextTokens} instead. */
  double nominalNanos(StepWork work, long contextTokens) {
    return Math.max(floorNanos, baseNanos + perPrefillTokenNanos * work.prefillTokens)
        + perContextTokenNanos * contextTokens
        + perSequenceNanos * work.batch
        + perTokenPairNanos * work.tokenPairs;
  }

  /**
   * The factor of jitter for a draw from the standard normal distribution; the same bits on every
   * machine.
   */
  double jitterFactor(double standardNormal) {
    return StrictMath.exp(jitter * standardNormal - jitter * jitter / 2);
  }
}
