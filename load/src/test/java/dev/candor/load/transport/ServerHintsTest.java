package dev.candor.load.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ServerHintsTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;
  private static final String DATE = "Sun, 01 Mar 2026 12:00:00 GMT";

  private static ServerHints read(Map<String, String> headers) {
    return ServerHints.read(headers::get);
  }

  @Test
  void read_nothing_isUnknown() {
    assertThat(read(Map.of())).isEqualTo(ServerHints.NONE);
    assertThat(ServerHints.NONE.pauseNanos()).isNull();
    assertThat(ServerHints.NONE.resetNanos()).isNull();
  }

  @Test
  void read_retryAfterInSecondsAndMilliseconds_theFinerWins() {
    ServerHints hints = read(Map.of("retry-after", "2", "retry-after-ms", "1500"));

    assertThat(hints.retryAfterNanos()).isEqualTo(2 * SECOND);
    assertThat(hints.pauseNanos()).isEqualTo(1500 * MS);
  }

  @Test
  void read_retryAfterAsDate_countsFromTheServersDate() {
    ServerHints hints =
        read(
            Map.of(
                "date", "Sun, 01 Mar 2026 13:00:00 GMT",
                "retry-after", "Sun, 01 Mar 2026 13:00:07 GMT"));

    assertThat(hints.pauseNanos()).isEqualTo(7 * SECOND);
  }

  @Test
  void read_retryAfterAsDateOfThePast_isNow() {
    assertThat(
            read(Map.of("date", DATE, "retry-after", "Sun, 01 Mar 2026 11:00:03 GMT")).pauseNanos())
        .isZero();
  }

  @Test
  void read_instantWithoutTheServersDate_isUnknown() {
    assertThat(
            read(
                Map.of(
                    "retry-after", "Sun, 01 Mar 2026 12:00:03 GMT",
                    "anthropic-ratelimit-requests-reset", "2026-03-01T12:00:02Z")))
        .isEqualTo(ServerHints.NONE);
  }

  @Test
  void read_openAiLimits_areNumbers() {
    ServerHints hints =
        read(
            Map.of(
                "x-ratelimit-limit-requests", "600",
                "x-ratelimit-remaining-requests", "0",
                "x-ratelimit-reset-requests", "12ms",
                "x-ratelimit-limit-tokens", "90000",
                "x-ratelimit-remaining-tokens", "20",
                "x-ratelimit-reset-tokens", "1m30.5s"));

    assertThat(hints.requests()).isEqualTo(new ServerHints.Limit(600L, 0L, 12 * MS));
    assertThat(hints.tokens()).isEqualTo(new ServerHints.Limit(90000L, 20L, 90_500 * MS));
    // The one that is used up.
    assertThat(hints.resetNanos()).isEqualTo(12 * MS);
  }

  @Test
  void read_anthropicLimits_areInstants() {
    ServerHints hints =
        read(
            Map.of(
                "date", DATE,
                "anthropic-ratelimit-output-tokens-remaining", "5",
                "anthropic-ratelimit-output-tokens-reset", "2026-03-01T12:00:09Z",
                "anthropic-ratelimit-requests-reset", "2026-03-01T12:00:02Z"));

    assertThat(hints.outputTokens()).isEqualTo(new ServerHints.Limit(null, 5L, 9 * SECOND));
    assertThat(hints.resetNanos()).isEqualTo(9 * SECOND);
  }

  @Test
  void read_nonsense_isUnknown() {
    assertThat(
            read(
                Map.of(
                    "retry-after", "soon",
                    "retry-after-ms", "",
                    "x-should-retry", "perhaps",
                    "x-ratelimit-reset-tokens", "later",
                    "x-ratelimit-remaining-tokens", "NaN")))
        .isEqualTo(ServerHints.NONE);
  }

  @Test
  void read_hugeAndNegative_areBounded() {
    assertThat(read(Map.of("retry-after", "-5")).pauseNanos()).isZero();
    assertThat(read(Map.of("retry-after", "1e300")).pauseNanos()).isEqualTo(1_000_000 * SECOND);
  }

  @Test
  void read_shouldRetry_isATruth() {
    assertThat(read(Map.of("x-should-retry", "false")).shouldRetry()).isFalse();
    assertThat(read(Map.of("x-should-retry", "true")).shouldRetry()).isTrue();
  }
}
