package dev.candor.mock.quota;

/** The texts of a 429 error body, in each provider's manner. */
public final class QuotaMessages {
  /** OpenAI's {@code error.code}. */
  public static final String OPENAI_CODE = "rate_limit_exceeded";

  /** Anthropic's {@code error.type}. */
  public static final String ANTHROPIC_TYPE = "rate_limit_error";

  private QuotaMessages() {}

  /** OpenAI's {@code error.type}: what ran out. */
  public static String openAiType(QuotaDecision.Refused refused) {
    return refused.kind() == LimitKind.REQUESTS ? "requests" : "tokens";
  }

  /** OpenAI's {@code error.message}. */
  public static String openAi(String model, QuotaDecision.Refused refused) {
    String on =
        "for %s on %s per min (%s): limit %d"
            .formatted(model, refused.kind().words(), refused.kind().acronym(), refused.limit());
    Long retryAfterNanos = refused.retryAfterNanos();
    return retryAfterNanos == null
        ? "Request too large %s, requested %d; it can never pass, ask for fewer tokens"
            .formatted(on, refused.requested())
        : "Rate limit reached %s, used %d, requested %d; try again in %s"
            .formatted(
                on, refused.used(), refused.requested(), QuotaHeaders.duration(retryAfterNanos));
  }

  /** Anthropic's {@code error.message}. */
  public static String anthropic(String model, QuotaDecision.Refused refused) {
    String limit =
        "%d %s per minute for %s".formatted(refused.limit(), refused.kind().words(), model);
    Long retryAfterNanos = refused.retryAfterNanos();
    return retryAfterNanos == null
        ? "This request of %d alone exceeds the rate limit of %s; it can never pass, ask for fewer tokens"
            .formatted(refused.requested(), limit)
        : "This request would exceed the rate limit of %s; try again in %s"
            .formatted(limit, QuotaHeaders.duration(retryAfterNanos));
  }
}
