package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.candor.base.stats.Distribution;
import dev.candor.mock.fault.FaultsJson;
import dev.candor.protocol.serve.Dialect;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.MockFault;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Quota;
import dev.candor.scenario.Quota.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Quotas as clients meet them: statuses, headers and bodies of each provider. */
final class QuotasOnTheWireTest {
  private static final MockSettings FAST =
      MockSettings.of(new Distribution.Constant(1e6), new Distribution.Constant(0));

  private static MockServer start(Quota... quotas) {
    return Engines.start(FAST.withQuotas(List.of(quotas)));
  }

  private static Quota requests(@Nullable String key, @Nullable String model, long requests) {
    return new Quota(key, model, requests, 0, 0, 0, Kind.TOKEN_BUCKET);
  }

  private static Heard ask(MockServer mock, Dialect dialect, int tokens, String... headers)
      throws IOException {
    return RawCall.ask(mock, dialect, RawCall.body(dialect, true, tokens), headers);
  }

  private static boolean isOpenAi(Dialect dialect) {
    return dialect != Dialect.MESSAGES;
  }

  @ParameterizedTest
  @EnumSource
  void headers_on200And429_areTheProviders(Dialect dialect) throws IOException {
    try (MockServer mock = start(new Quota(null, null, 2, 10_000, 0, 0, Kind.TOKEN_BUCKET))) {
      Heard served = ask(mock, dialect, 5);
      served.assertWell(5);
      assertLimits(served, 1);
      ask(mock, dialect, 5).assertWell(5);
      Heard refused = ask(mock, dialect, 5);
      assertThat(refused.status()).isEqualTo(429);
      assertLimits(refused, 0);
      // The next of two a minute.
      assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 30);
      JsonNode error = refused.json().path("error");
      if (isOpenAi(dialect)) {
        assertThat(Integer.parseInt(refused.header("retry-after-ms"))).isBetween(1, 30_000);
        assertThat(error.path("type").stringValue()).isEqualTo("requests");
        assertThat(error.path("code").stringValue()).isEqualTo("rate_limit_exceeded");
      } else {
        assertThat(refused.header("retry-after-ms")).isEmpty();
        assertThat(error.path("type").stringValue()).isEqualTo("rate_limit_error");
      }
      await().until(() -> mock.truth().size() == 3);
      TruthRecord truth = mock.truth().getLast();
      assertThat(truth.status()).isEqualTo(429);
      assertThat(truth.outputTokens()).isZero();
      assertThat(truth.start()).isZero();
    }
  }

  private static void assertLimits(Heard heard, int remaining) {
    String left = Integer.toString(remaining);
    if (isOpenAi(heard.dialect())) {
      assertThat(heard.header("x-ratelimit-limit-requests")).isEqualTo("2");
      assertThat(heard.header("x-ratelimit-remaining-requests")).isEqualTo(left);
      assertThat(heard.header("x-ratelimit-reset-requests")).matches("([0-9]+m)?[0-9.]+m?s");
      assertThat(heard.header("x-ratelimit-limit-tokens")).isEqualTo("10000");
    } else {
      assertThat(heard.header("anthropic-ratelimit-requests-limit")).isEqualTo("2");
      assertThat(heard.header("anthropic-ratelimit-requests-remaining")).isEqualTo(left);
      // Heads are kept in lower case here.
      String reset = heard.header("anthropic-ratelimit-requests-reset").toUpperCase(Locale.ROOT);
      assertThat(Instant.parse(reset)).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CHAT", "MESSAGES"})
  void retryAfter_keptTo_leadsToSuccess(Dialect dialect) throws IOException {
    // A thousand tokens a second.
    Quota quota = new Quota(null, null, 0, 60_000, 0, 0, Kind.TOKEN_BUCKET);
    MockSettings brief = FAST.withOutputTokens(new Distribution.Constant(2));
    try (MockServer mock = Engines.start(brief.withQuotas(List.of(quota)))) {
      assertThat(ask(mock, dialect, 59_990).status()).isEqualTo(200);
      Heard refused = ask(mock, dialect, 1_000);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("retry-after")).isEqualTo("1");
      Pause.ofMillis(1_000);
      assertThat(ask(mock, dialect, 1_000).status()).isEqualTo(200);
    }
  }

  @Test
  void perKeyAndModel_eachHasItsOwn_theFirstThatFitsCounts() throws IOException {
    try (MockServer mock =
        start(requests("free", null, 0), requests(null, "mock-model", 1), requests("a", null, 2))) {
      for (int i = 0; i < 4; i++) {
        ask(mock, Dialect.CHAT, 1, "authorization: Bearer free").assertWell(1);
      }
      for (String key : List.of("authorization: Bearer a", "authorization: Bearer b")) {
        ask(mock, Dialect.CHAT, 1, key).assertWell(1);
        assertThat(ask(mock, Dialect.CHAT, 1, key).status()).isEqualTo(429);
      }
      String other = RawCall.body(Dialect.MESSAGES, true, 1).replace("mock-model", "other-model");
      RawCall.ask(mock, Dialect.MESSAGES, other, "x-api-key: a").assertWell(1);
      RawCall.ask(mock, Dialect.MESSAGES, other, "x-api-key: a").assertWell(1);
      assertThat(RawCall.ask(mock, Dialect.MESSAGES, other, "x-api-key: a").status())
          .isEqualTo(429);
      RawCall.ask(mock, Dialect.MESSAGES, other, "x-api-key: b").assertWell(1);
    }
  }

  @Test
  void tokens_countPromptAndLimit() throws IOException {
    try (MockServer mock = start(new Quota(null, null, 0, 1000, 0, 0, Kind.FIXED_WINDOW))) {
      Heard served = ask(mock, Dialect.CHAT, 400);
      assertThat(served.header("x-ratelimit-remaining-tokens")).isEqualTo("597");
      assertThat(ask(mock, Dialect.CHAT, 600).status()).isEqualTo(429);
      ask(mock, Dialect.CHAT, 594).assertWell(594);
    }
  }

  @ParameterizedTest
  @EnumSource
  void largerThanTheLimit_neverPasses_asksForNoRetry(Dialect dialect) throws IOException {
    try (MockServer mock = start(new Quota(null, null, 0, 100, 0, 0, Kind.TOKEN_BUCKET))) {
      Heard refused = ask(mock, dialect, 98);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("retry-after")).isEmpty();
      assertThat(refused.body()).contains("101").contains("can never pass");
      ask(mock, dialect, 97).assertWell(97);
    }
  }

  @Test
  void outputTokens_ofACancelledAnswer_areThoseSent() throws IOException {
    MockSettings slow =
        MockSettings.of(new Distribution.Constant(1e6), new Distribution.Constant(20e6));
    Quota output = new Quota(null, null, 0, 0, 0, 500, Kind.FIXED_WINDOW);
    try (MockServer mock = Engines.start(slow.withQuotas(List.of(output)))) {
      try (RawCall call =
          new RawCall(mock, Dialect.MESSAGES, RawCall.body(Dialect.MESSAGES, true, 400))) {
        call.hearSomething();
      }
      await().until(() -> mock.truth().size() == 1);
      Heard next = ask(mock, Dialect.MESSAGES, 2);
      int sent = mock.truth().getFirst().outputTokens();
      assertThat(sent).isBetween(1, 100);
      assertThat(next.header("anthropic-ratelimit-output-tokens-remaining"))
          .isEqualTo(Integer.toString(500 - sent));
    }
  }

  @Test
  void refusedRequest_wasStruckByNothing() throws IOException {
    List<FaultRule> rules =
        List.of(
            FaultRule.always(new MockFault.PingFlood(3)),
            FaultRule.always(new MockFault.Disconnect(100)));
    try (MockServer mock = start(requests(null, null, 1));
        MockClient client = new MockClient(mock)) {
      client.send("PUT", "/admin/faults", FaultsJson.write(rules));
      ask(mock, Dialect.CHAT, 1).assertWell(1);
      assertThat(ask(mock, Dialect.CHAT, 1).status()).isEqualTo(429);
      await().until(() -> mock.truth().size() == 2);
      assertThat(mock.truth().getFirst().faults()).containsExactly("ping-flood");
      assertThat(mock.truth().getLast().faults()).isEmpty();
      assertThat(client.get("/metrics").body())
          .contains("candor_faults_total{fault=\"ping-flood\"} 1.0")
          .doesNotContain("disconnect");
    }
  }
}
