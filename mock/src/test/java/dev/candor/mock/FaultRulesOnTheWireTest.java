package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.stats.Distribution;
import dev.candor.protocol.serve.Dialect;
import dev.candor.scenario.MockSettings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Whom rules strike, and how they are changed while the mock serves. */
final class FaultRulesOnTheWireTest {
  private static final String RULES = "/admin/faults";
  private static final MockSettings FAST =
      MockSettings.of(new Distribution.Constant(1e6), new Distribution.Constant(0));

  private MockServer mock;
  private MockClient client;

  @BeforeEach
  void start() {
    mock = MockServer.start(MockOptions.of(FAST, 1));
    client = new MockClient(mock);
  }

  @AfterEach
  void stop() {
    client.close();
    mock.close();
  }

  private void teapot(String match) {
    HttpResponse<String> taken =
        client.send("PUT", RULES, "faults: [{fault: error, status: 418, %s}]".formatted(match));
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
  }

  private int status(Dialect dialect, String model, String... headers) throws IOException {
    String body = RawCall.body(dialect, false, 2).replace("mock-model", model);
    return RawCall.ask(mock, dialect, body, headers).status();
  }

  private List<Integer> statuses(int requests) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      statuses.add(status(Dialect.CHAT, "m", "x-candor-request: " + i));
    }
    return statuses;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nth: 3          | 200 200 418 200 200 418 200",
        "first: 2        | 418 418 200 200 200 200 200",
        "nth: 2, first: 2| 200 418 200 418 200 200 200",
      })
  void match_byCount_strikesInOrderOfArrival(String match, String expected) throws IOException {
    teapot(match);
    assertThat(String.join(" ", statuses(7).stream().map(String::valueOf).toList()))
        .isEqualTo(expected);
  }

  @Test
  void match_share_strikesTheSameNumbersAgain() throws IOException {
    teapot("share: 30%");
    List<Integer> statuses = statuses(60);
    assertThat(IntStream.range(0, 60).filter(i -> statuses.get(i) == 418).count())
        .isBetween(5L, 35L);
    assertThat(statuses(60)).isEqualTo(statuses);
  }

  @Test
  void match_header_model_path_eachChoose() throws IOException {
    teapot("headers: {X-Test: \"1\"}");
    assertThat(status(Dialect.CHAT, "m", "x-test: 1")).isEqualTo(418);
    assertThat(status(Dialect.CHAT, "m", "x-test: 2")).isEqualTo(200);
    assertThat(status(Dialect.CHAT, "m")).isEqualTo(200);
    teapot("model: weak");
    assertThat(status(Dialect.MESSAGES, "weak")).isEqualTo(418);
    assertThat(status(Dialect.MESSAGES, "strong")).isEqualTo(200);
    teapot("path: /v1/responses");
    assertThat(status(Dialect.RESPONSES, "m")).isEqualTo(418);
    assertThat(status(Dialect.CHAT, "m")).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"PUT", "POST"})
  void rules_areReplaced_toldAsTheyWereGiven_andEnded(String method) throws IOException {
    String none = "{\"faults\":[]}";
    assertThat(client.get(RULES).body()).isEqualTo(none);
    String rules =
        "{\"faults\":[{\"fault\":\"error\",\"status\":503,\"retry_after\":\"2s\",\"share\":1.0},"
            + "{\"fault\":\"spike\",\"factor\":2,\"for\":\"5s\",\"every\":\"exponential(60s)\"}]}";
    String told = client.send(method, RULES, rules).body();
    assertThat(client.get(RULES).body()).isEqualTo(told);
    assertThat(client.send(method, RULES, told).body()).isEqualTo(told);
    assertThat(status(Dialect.CHAT, "m")).isEqualTo(503);
    assertThat(client.send("DELETE", RULES, "").body()).isEqualTo(none);
    assertThat(status(Dialect.CHAT, "m")).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stall, aftr: 3          | body:2:26 | aftr",
        "no-such                 | body:2:13 | no-such",
        "error, status: 200      | body:2:28 | 400",
        "crash, replica: 1, for: 1s | body:2 | must be below 1",
        "reset, after: 1, nth: 0 | body:2    | nth",
      })
  void rules_withAMistake_areRefusedWithLineAndKey_theOldOnesStay(
      String rule, String place, String key) throws IOException {
    teapot("nth: 1");
    HttpResponse<String> refused =
        client.send("PUT", RULES, "faults:\n  - {fault: %s}".formatted(rule));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(JsonMapper.shared().readTree(refused.body()).at("/error/message").stringValue())
        .contains(place)
        .contains(key);
    assertThat(status(Dialect.CHAT, "m")).isEqualTo(418);
  }

  @Test
  void otherMethods_405() {
    assertThat(client.send("PATCH", RULES, "").statusCode()).isEqualTo(405);
    assertThat(client.send("DELETE", "/metrics", "").statusCode()).isEqualTo(405);
    assertThat(client.get("/reset_prefix_cache").statusCode()).isEqualTo(405);
  }

  @Test
  void answerUnderWay_keepsItsRules() throws IOException {
    client.send("PUT", RULES, "faults: [{fault: stall, after: 1, stall_for: 300ms}]");
    try (RawCall call = new RawCall(mock, Dialect.CHAT, RawCall.body(Dialect.CHAT, true, 3))) {
      call.hearSomething();
      client.send("PUT", RULES, "faults: [{fault: disconnect, after: 2}]");
      call.hear().assertWell(3);
    }
  }
}
