package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.candor.base.stats.Distribution;
import dev.candor.protocol.serve.Dialect;
import dev.candor.scenario.MockSettings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the audit says of applications that retry over HTTP. */
final class AuditOnTheWireTest {
  private static final MockSettings FAST =
      MockSettings.of(new Distribution.Constant(1e6), new Distribution.Constant(0));

  private MockServer mock;
  private MockClient client;

  @BeforeEach
  void start() {
    mock = Engines.start(FAST);
    client = new MockClient(mock);
  }

  @AfterEach
  void stop() {
    client.close();
    mock.close();
  }

  private void faults(String rules) {
    HttpResponse<String> taken = client.send("PUT", "/admin/faults", "faults: [" + rules + "]");
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
  }

  private JsonNode audit() {
    return JsonMapper.shared().readTree(client.get("/audit").body());
  }

  private static String call(int number) {
    return MockClient.body("\"max_tokens\":2,\"user\":\"%d\"".formatted(number));
  }

  /** A call after another until each has been answered, at most {@code attempts} times. */
  private void insist(int calls, int attempts, Wait wait) {
    for (int call = 0; call < calls; call++) {
      for (int attempt = 1; attempt <= attempts; attempt++) {
        HttpResponse<String> answer = client.chat(call(call));
        if (answer.statusCode() == 200) {
          break;
        }
        Pause.ofMillis(wait.millis(call, answer));
      }
    }
  }

  /** How long a client waits after a failed answer. */
  private interface Wait {
    long millis(int call, HttpResponse<String> answer);
  }

  @Test
  void nothingFailed_verdictNone() {
    insist(5, 3, (call, answer) -> 0);
    JsonNode audit = audit();
    assertThat(audit.path("verdict").stringValue()).isEqualTo("none");
    assertThat(audit.at("/calls/succeeded_first").intValue()).isEqualTo(5);
  }

  @Test
  void retriesAtOnce_areNaive() {
    faults("{fault: error, status: 503, retry_after: 1s, share: 50%}");
    insist(20, 8, (call, answer) -> 0);
    JsonNode audit = audit();
    assertThat(audit.path("verdict").stringValue()).as(audit.toString()).isIn("naive", "storm");
    assertThat(audit.path("reasons").toString()).contains("retry-after");
    assertThat(audit.at("/retry_after/asked").intValue()).isPositive();
    assertThat(audit.at("/retry_after/kept").intValue()).isZero();
  }

  @Test
  void retryOfWhatCannotGetBetter_isNaive() {
    faults("{fault: error, status: 400, first: 1}");
    insist(1, 2, (call, answer) -> 60);
    assertThat(audit().path("verdict").stringValue()).isEqualTo("naive");
    assertThat(audit().at("/attempts/after_non_retryable/400").intValue()).isEqualTo(1);
  }

  @Test
  void retryAfterKept_isGraceful() {
    faults("{fault: error, status: 429, retry_after: 120ms, nth: 2}");
    insist(
        12,
        4,
        (call, answer) ->
            Long.parseLong(answer.headers().firstValue("retry-after-ms").orElseThrow())
                + 10L * call);
    JsonNode audit = audit();
    assertThat(audit.path("verdict").stringValue()).as(audit.toString()).isEqualTo("graceful");
    assertThat(audit.at("/retry_after/kept")).isEqualTo(audit.at("/retry_after/asked"));
    assertThat(audit.at("/retry_after/asked").intValue()).isPositive();
    assertThat(audit.at("/calls/succeeded_later").intValue()).isPositive();
  }

  @Test
  void hedgesOfABrokenCall_areAStorm() {
    faults("{fault: error, status: 500}, {fault: slow-headers, delay: 1500ms}");
    List<CompletableFuture<HttpResponse<String>>> pending =
        IntStream.range(0, 60).mapToObj(i -> client.chatLater(call(i % 3))).toList();
    pending.forEach(CompletableFuture::join);
    JsonNode audit = audit();
    assertThat(audit.path("verdict").stringValue()).as(audit.toString()).isEqualTo("storm");
    assertThat(audit.at("/attempts/hedges").intValue()).isBetween(30, 57);
  }

  @Test
  void brokenStreams_fail_byTheFaultThatEndedThem() throws IOException {
    faults("{fault: disconnect, after: 1}, {fault: ping-flood, per_token: 1}");
    for (int i = 0; i < 2; i++) {
      RawCall.ask(mock, Dialect.CHAT, MockClient.streamed(5));
    }
    await().until(() -> mock.truth().size() == 2);
    JsonNode attempts = audit().path("attempts");
    assertThat(attempts.path("failed").intValue()).isEqualTo(2);
    assertThat(attempts.path("retries").intValue()).isEqualTo(1);
    assertThat(audit().at("/wasted_tokens/failed").intValue()).isEqualTo(2 * (3 + 1));
  }

  @Test
  void idempotencyKey_joinsWhatBodiesWouldPart() {
    faults("{fault: error, status: 503, first: 1}");
    client.chat(call(1), "idempotency-key", "one");
    client.chat(call(2), "idempotency-key", "one");
    client.chat(call(2), "idempotency-key", "two");
    assertThat(audit().at("/calls/total").intValue()).isEqualTo(2);
    assertThat(audit().at("/calls/succeeded_later").intValue()).isEqualTo(1);
    assertThat(audit().at("/attempts/retries").intValue()).isEqualTo(1);
  }

  @Test
  void delete_beginsAnew() {
    client.chat(call(1));
    assertThat(audit().at("/calls/total").intValue()).isEqualTo(1);
    assertThat(client.send("DELETE", "/audit", "").statusCode()).isEqualTo(200);
    assertThat(audit().at("/calls/total").intValue()).isZero();
    assertThat(audit().path("verdict").stringValue()).isEqualTo("none");
  }
}
