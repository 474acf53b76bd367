package dev.candor.mock.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.mock.quota.QuotaDecision.Refused;
import dev.candor.scenario.Quota;
import dev.candor.scenario.Quota.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers and messages in each provider's spelling. */
final class QuotaHeadersTest {
  private static final Instant NOW = Instant.parse("2026-01-27T12:00:00.250Z");

  private static Quotas quotas(long requests, long tokens, long input, long output) {
    return new Quotas(
        List.of(new Quota(null, null, requests, tokens, input, output, Kind.TOKEN_BUCKET)), 0);
  }

  @Test
  void openAi_admitted_limitsWithoutRetryAfter() {
    assertThat(QuotaHeaders.openAi(quotas(60, 1000, 0, 0).admit("k", "m", 100, 50, 0)))
        .containsExactly(
            Map.entry("x-ratelimit-limit-requests", "60"),
            Map.entry("x-ratelimit-remaining-requests", "59"),
            Map.entry("x-ratelimit-reset-requests", "1s"),
            Map.entry("x-ratelimit-limit-tokens", "1000"),
            Map.entry("x-ratelimit-remaining-tokens", "850"),
            Map.entry("x-ratelimit-reset-tokens", "9s"));
  }

  @Test
  void openAi_refused_waitInMillisecondsAndWholeSeconds() {
    Quotas quotas = quotas(0, 10_000, 0, 0);
    quotas.admit("k", "m", 9_500, 0, 0);
    assertThat(QuotaHeaders.openAi(quotas.admit("k", "m", 800, 0, 0)))
        .containsEntry("retry-after", "2")
        .containsEntry("retry-after-ms", "1800");
  }

  @Test
  void anthropic_admitted_sumOfInputAndOutputAsTokens() {
    assertThat(QuotaHeaders.anthropic(quotas(60, 0, 6000, 600).admit("k", "m", 100, 50, 0), NOW))
        .containsExactly(
            Map.entry("anthropic-ratelimit-requests-limit", "60"),
            Map.entry("anthropic-ratelimit-requests-remaining", "59"),
            Map.entry("anthropic-ratelimit-requests-reset", "2026-01-27T12:00:02Z"),
            Map.entry("anthropic-ratelimit-input-tokens-limit", "6000"),
            Map.entry("anthropic-ratelimit-input-tokens-remaining", "5900"),
            Map.entry("anthropic-ratelimit-input-tokens-reset", "2026-01-27T12:00:02Z"),
            Map.entry("anthropic-ratelimit-output-tokens-limit", "600"),
            Map.entry("anthropic-ratelimit-output-tokens-remaining", "600"),
            Map.entry("anthropic-ratelimit-output-tokens-reset", "2026-01-27T12:00:01Z"),
            Map.entry("anthropic-ratelimit-tokens-limit", "6600"),
            Map.entry("anthropic-ratelimit-tokens-remaining", "6500"),
            Map.entry("anthropic-ratelimit-tokens-reset", "2026-01-27T12:00:02Z"));
  }

  @Test
  void anthropic_refused_atLeastASecond() {
    Quotas quotas = quotas(6000, 0, 0, 0);
    for (int i = 0; i < 6000; i++) {
      quotas.admit("k", "m", 1, 0, 0);
    }
    assertThat(QuotaHeaders.anthropic(quotas.admit("k", "m", 1, 0, 0), NOW))
        .containsEntry("retry-after", "1")
        .doesNotContainKey("retry-after-ms")
        .doesNotContainKey("anthropic-ratelimit-tokens-limit");
  }

  @Test
  void headers_neverPasses_noRetryAfter() {
    QuotaDecision refused = quotas(0, 100, 0, 0).admit("k", "m", 101, 0, 0);
    assertThat(QuotaHeaders.openAi(refused)).doesNotContainKeys("retry-after", "retry-after-ms");
    assertThat(QuotaHeaders.anthropic(refused, NOW)).doesNotContainKey("retry-after");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "1, 1ms",
    "12000000, 12ms",
    "12000001, 13ms",
    "1000000000, 1s",
    "999999999, 1s",
    "1800000000, 1.8s",
    "7050000000, 7.05s",
    "60000000000, 1m0s",
    "90951000000, 1m30.951s",
    "360000000000, 6m0s"
  })
  void duration_asOpenAiWritesIt(long nanos, String text) {
    assertThat(QuotaHeaders.duration(nanos)).isEqualTo(text);
  }

  private static Refused refused(QuotaDecision decision) {
    return (Refused) decision;
  }

  @Test
  void openAiMessage_namesLimitUseAndWait() {
    Quotas quotas = quotas(0, 10_000, 0, 0);
    quotas.admit("k", "m", 9_500, 0, 0);
    Refused refused = refused(quotas.admit("k", "m", 800, 0, 0));
    assertThat(QuotaMessages.openAi("m", refused))
        .isEqualTo(
            "Rate limit reached for m on tokens per min (TPM): limit 10000, used 9500,"
                + " requested 800; try again in 1.8s");
    assertThat(QuotaMessages.openAiType(refused)).isEqualTo("tokens");
  }

  @Test
  void openAiMessage_requests_typeSaysSo() {
    Quotas quotas = quotas(1, 0, 0, 0);
    quotas.admit("k", "m", 1, 0, 0);
    Refused refused = refused(quotas.admit("k", "m", 1, 0, 0));
    assertThat(QuotaMessages.openAi("m", refused)).contains("requests per min (RPM): limit 1, ");
    assertThat(QuotaMessages.openAiType(refused)).isEqualTo("requests");
  }

  @Test
  void messages_neverPasses_sayWhatWouldHelp() {
    Refused refused = refused(quotas(0, 0, 100, 0).admit("k", "m", 101, 0, 0));
    assertThat(QuotaMessages.openAi("m", refused))
        .contains("limit 100, requested 101")
        .contains("can never pass");
    assertThat(QuotaMessages.anthropic("m", refused))
        .contains("100 input tokens per minute for m")
        .contains("can never pass");
  }

  @Test
  void anthropicMessage_namesLimitAndWait() {
    Quotas quotas = quotas(0, 0, 600, 0);
    quotas.admit("k", "m", 600, 0, 0);
    assertThat(QuotaMessages.anthropic("m", refused(quotas.admit("k", "m", 10, 0, 0))))
        .contains("600 input tokens per minute for m")
        .contains("try again in 1s");
  }
}
