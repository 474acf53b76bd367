package dev.candor.app.audit;

/**
 * What to set in which client. Names of settings are those of the SDKs' own documentation at the
 * time of writing: openai and anthropic (Python, Java: max_retries, timeout), langchain-core
 * (with_retry), Spring AI (spring.ai.retry.*).
 */
final class Fixes {
  static final String BACKOFF =
      "Wait min(8 s, 0.5 s · 2ⁿ) times a random number from 0 to 1 before retry n, at most two retries. OpenAI and Anthropic SDKs: leave the default"
          + " max_retries=2 and drop the loop around them. LangChain:"
          + " .with_retry(wait_exponential_jitter=True, stop_after_attempt=3). Spring AI:"
          + " spring.ai.retry.max-attempts=3, .backoff.initial-interval=500ms, .multiplier=2,"
          + " .max-interval=8s.";

  static final String RETRY_AFTER =
      "Read retry-after (seconds or a date) and OpenAI's retry-after-ms, and wait at least so long, with a"
          + " little jitter on top. The OpenAI and Anthropic SDKs do so by default (up to a minute): let"
          + " them retry (max_retries=2) in place of a loop of your own. Plain HTTP clients:"
          + " sleep(max(retry-after, backoff)). Spring AI's RetryTemplate does not look at it: set"
          + " spring.ai.retry.backoff.initial-interval above the provider's usual wish, or retry in the"
          + " SDK.";

  static final String BOUND =
      "Bound the attempts of one call to three, in one layer: SDK or loop, not both (three times three are"
          + " nine). OpenAI and Anthropic SDKs: max_retries=2, or 0 under a loop. LangChain:"
          + " ChatOpenAI(max_retries=2) without .with_retry around it. Spring AI:"
          + " spring.ai.retry.max-attempts=3. Beside it, a retry budget: stop retrying while more than a"
          + " tenth of the requests are retries.";

  static final String JITTER =
      "Multiply each pause by a random number from 0 to 1 (full jitter), or from 0.75 to 1 as the SDKs"
          + " do. LangChain: wait_exponential_jitter=True. Spring Retry:"
          + " ExponentialRandomBackOffPolicy. tenacity: wait_random_exponential(multiplier=0.5, max=8).";

  static final String GROWTH =
      "Double the pause with each retry: 0.5 s, 1 s, at most 8 s. Spring AI:"
          + " spring.ai.retry.backoff.multiplier=2. tenacity: wait_random_exponential(multiplier=0.5,"
          + " max=8) in place of wait_fixed.";

  static final String USELESS =
      "Retry only 408, 409, 429, 5xx and broken connections; hand all else to the caller. Spring AI:"
          + " spring.ai.retry.on-client-errors=false. tenacity: retry_if_exception_type((RateLimitError,"
          + " APIConnectionError, InternalServerError)).";

  static final String HEDGING =
      "Send a second request only when the first is later than its 95th percentile, cap hedges at 5 % of the"
          + " requests, and cancel the loser. Where the requests were different users' with the same"
          + " prompt, send an idempotency-key or vary the prompts, and audit again.";

  static final String TIMEOUT =
      "Set a deadline on the time to the first byte and one on the silence between two events, not only on the"
          + " whole: OpenAI and Anthropic SDKs wait 10 minutes by default; OpenAI(timeout=httpx.Timeout(60,"
          + " read=20, connect=5)), in Java .timeout(Timeout.builder().connect(…).read(Duration.ofSeconds(20))…)."
          + " LangChain: ChatOpenAI(timeout=60). Spring AI: a RestClient or WebClient with a read timeout."
          + " curl: --connect-timeout 5 --speed-limit 1 --speed-time 20.";

  static final String LONGER_TIMEOUT =
      "Take the deadline from what is normal: above the 99.9th percentile of the time to the first token of"
          + " your longest prompts (candor run measures it).";

  static final String CUT =
      "Keep what was shown, say that the answer is incomplete, and let the user ask for more; or go on from it:"
          + " send the partial answer as the last assistant message. Retry by yourself only where nothing"
          + " was shown yet.";

  static final String CUT_SEEN =
      "Take an answer for whole only after its end event ([DONE] and a finish_reason, message_stop); a stream"
          + " that merely ends is a failure to tell.";

  static final String RETRY_AT_ALL =
      "Retry 429, 5xx and broken connections twice with backoff: OpenAI and Anthropic SDKs: max_retries=2 (their"
          + " default; 0 was set). LangChain: ChatOpenAI(max_retries=2). Spring AI:"
          + " spring.ai.retry.max-attempts=3. "
          + "Behind it, a fallback: another model, or words for the"
          + " user.";

  static final String COME_BACK =
      "Look for workers that died with an uncaught exception, a circuit breaker without a half-open state, or a"
          + " call without a timeout that holds the last worker.";

  static final String MORE =
      "Let the application send at least five requests a second during the audit, each with another prompt, or"
          + " make the script longer (--for).";

  private Fixes() {}
}
