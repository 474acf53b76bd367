package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.candor.protocol.serve.Dialect;
import dev.candor.scenario.MockSettings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an engine behind the mock shows to clients, and tells in its truth. */
final class EngineOnTheWireTest {

  private static List<TruthRecord> truth(MockServer mock, int requests) {
    await().until(() -> mock.truth().size() == requests);
    return mock.truth();
  }

  @ParameterizedTest
  @EnumSource
  void promptTooLong_is400_namesTheContext(Dialect dialect) throws IOException {
    try (MockServer mock = Engines.start(Engines.narrow())) {
      String prompt = "word ".repeat(130).strip();
      for (String body :
          List.of(
              RawCall.body(dialect, true, 1, prompt), RawCall.body(dialect, false, 126, "a b c"))) {
        Heard heard = RawCall.ask(mock, dialect, body);
        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.json().at("/error/type").stringValue()).isEqualTo("invalid_request_error");
        assertThat(heard.json().at("/error/message").stringValue()).contains("128");
      }
      assertThat(truth(mock, 2))
          .allMatch(truth -> truth.status() == 400 && truth.outputTokens() == 0);
      RawCall.ask(mock, dialect, RawCall.body(dialect, true, 125, "a b c")).assertWell(125);
    }
  }

  @Test
  void queueFull_is503_laterServed() throws IOException {
    try (MockServer mock = Engines.start(Engines.slow(Engines.narrow()));
        MockClient client = new MockClient(mock)) {
      List<CompletableFuture<HttpResponse<String>>> pending =
          IntStream.range(0, 5).mapToObj(i -> client.chatLater(MockClient.whole(5))).toList();
      List<HttpResponse<String>> answers = pending.stream().map(CompletableFuture::join).toList();
      assertThat(answers)
          .extracting(HttpResponse::statusCode)
          .containsExactlyInAnyOrder(200, 200, 503, 503, 503);
      answers.stream()
          .filter(answer -> answer.statusCode() == 503)
          .forEach(
              answer -> {
                assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
                assertThat(answer.body()).contains("queue is full");
              });
      assertThat(client.chat(MockClient.whole(5)).statusCode()).isEqualTo(200);
      assertThat(truth(mock, 6).stream().filter(truth -> truth.status() == 503)).hasSize(3);
    }
  }

  @Test
  void truth_hasInstantsInOrder_andPreemptions() {
    try (MockServer mock = Engines.start(Engines.cramped());
        MockClient client = new MockClient(mock)) {
      List<CompletableFuture<HttpResponse<String>>> pending =
          IntStream.range(0, 4).mapToObj(i -> client.chatLater(MockClient.streamed(50))).toList();
      pending.forEach(
          answer ->
              assertThat(MockClient.words(MockClient.Answer.of(answer.join()).text()))
                  .isEqualTo(50));
      for (TruthRecord truth : truth(mock, 4)) {
        assertThat(truth.arrival()).isLessThanOrEqualTo(truth.start());
        assertThat(truth.start()).isLessThan(truth.firstToken());
        assertThat(truth.firstToken()).isLessThan(truth.end());
        assertThat(truth.intended()).isSorted().hasSize(50);
        assertThat(LongStream.of(truth.preempted()))
            .allMatch(at -> at > truth.start() && at < truth.end());
        assertThat(truth.complete()).isTrue();
        assertThat(truth.replica()).isZero();
      }
      assertThat(mock.truth().stream().filter(truth -> truth.preempted().length > 0)).isNotEmpty();
      JsonNode told =
          client
              .get("/truth")
              .body()
              .lines()
              .map(JsonMapper.shared()::readTree)
              .filter(line -> !line.path("preempted_ns").isEmpty())
              .findFirst()
              .orElseThrow();
      assertThat(told.path("preempted_ns").get(0).longValue()).isPositive();
      assertThat(told.path("start_ns").longValue()).isPositive();
    }
  }

  @Test
  void truth_last_areTheLatest_afterTheLateness() throws IOException {
    try (MockServer mock = Engines.start(Engines.roomy(1));
        MockClient client = new MockClient(mock)) {
      for (int i = 0; i < 5; i++) {
        client.answer(i, MockClient.streamed(2));
      }
      truth(mock, 5);
      assertThat(told(client, "/truth?last=2")).containsExactly(-1L, 3L, 4L);
      assertThat(told(client, "/truth?last=0")).containsExactly(-1L);
      assertThat(told(client, "/truth")).containsExactly(-1L, 0L, 1L, 2L, 3L, 4L);
    }
  }

  /** Requests by number, the lateness as -1. */
  private static List<Long> told(MockClient client, String path) {
    return client
        .get(path)
        .body()
        .lines()
        .map(JsonMapper.shared()::readTree)
        .map(line -> line.has("lateness") ? -1L : line.path("request").longValue())
        .toList();
  }

  /** A conversation: what was said so far, each with its role, in the dialect's own form. */
  private static String conversation(Dialect dialect, List<String> said) {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      messages.add(
          "{\"role\":\"%s\",\"content\":\"%s\"}"
              .formatted(i % 2 == 0 ? "user" : "assistant", said.get(i)));
    }
    return "{\"model\":\"m\",\"stream\":true,\"%s\":[%s],%s}"
        .formatted(
            dialect == Dialect.RESPONSES ? "input" : "messages",
            String.join(",", messages),
            switch (dialect) {
              case CHAT -> "\"max_tokens\":40,\"stream_options\":{\"include_usage\":true}";
              case RESPONSES -> "\"max_output_tokens\":40";
              case MESSAGES, COMPLETIONS -> "\"max_tokens\":40";
            });
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "COMPLETIONS")
  void conversation_hitsTheCache_withItsAnswersToo(Dialect dialect) throws IOException {
    try (MockServer mock = Engines.start(Engines.roomy(1));
        MockClient client = new MockClient(mock)) {
      List<String> said = new ArrayList<>(List.of("word ".repeat(30).strip()));
      int history = 0;
      for (int turn = 1; turn <= 4; turn++) {
        Heard heard = RawCall.ask(mock, dialect, conversation(dialect, said));
        heard.assertWell(40);
        TruthRecord truth = truth(mock, turn).getLast();
        assertThat(heard.cachedTokens()).isEqualTo(truth.cachedTokens());
        // The last token of an answer was never computed, and only full blocks are found.
        assertThat(truth.cachedTokens()).isBetween(Math.max(0, history - 5), history);
        history = truth.promptTokens() + 40;
        said.add(heard.text());
        said.add("and then");
      }
      assertThat(client.send("POST", "/reset_prefix_cache", "").statusCode()).isEqualTo(200);
      assertThat(RawCall.ask(mock, dialect, conversation(dialect, said)).cachedTokens()).isZero();
    }
  }

  @Test
  void cacheControl_tellsWhatOfThePromptWasWritten() throws IOException {
    try (MockServer mock = Engines.start(Engines.roomy(1))) {
      List<String> said = new ArrayList<>(List.of("word ".repeat(30).strip()));
      String plain = conversation(Dialect.MESSAGES, said);
      String marked = plain.replaceFirst("\\{", "{\"cache_control\":{\"type\":\"ephemeral\"},");
      JsonNode first = begun(mock, marked);
      int prompt = truth(mock, 1).getLast().promptTokens();
      int written = first.path("cache_creation_input_tokens").intValue();
      assertThat(written).isBetween(prompt - 15, prompt);
      assertThat(first.path("input_tokens").intValue()).isEqualTo(prompt - written);
      assertThat(first.path("cache_read_input_tokens").intValue()).isZero();
      JsonNode second = begun(mock, marked);
      // The last token is always computed, and so is its block.
      int read = second.path("cache_read_input_tokens").intValue();
      assertThat(read).isBetween(prompt - 15, prompt - 1);
      assertThat(second.path("cache_creation_input_tokens").intValue()).isEqualTo(written - read);
      assertThat(begun(mock, plain).path("cache_creation_input_tokens").intValue()).isZero();
      said.set(0, "a \\\"cache_control\\\" that is but said, and words that nobody had before");
      assertThat(
              begun(mock, conversation(Dialect.MESSAGES, said))
                  .path("cache_creation_input_tokens")
                  .intValue())
          .isZero();
    }
  }

  private static JsonNode begun(MockServer mock, String body) throws IOException {
    return RawCall.ask(mock, Dialect.MESSAGES, body)
        .events()
        .getFirst()
        .data()
        .at("/message/usage");
  }

  @Test
  void resetPrefixCache_whileInUse_is409_andForgetsNothing() throws IOException {
    try (MockServer mock = Engines.start(Engines.slow(Engines.roomy(2)));
        MockClient client = new MockClient(mock)) {
      try (RawCall call =
          new RawCall(mock, Dialect.CHAT, RawCall.body(Dialect.CHAT, true, 100, "a b c d e"))) {
        call.hearSomething();
        HttpResponse<String> refused = client.send("POST", "/reset_prefix_cache", "");
        assertThat(refused.statusCode()).isEqualTo(409);
      }
      truth(mock, 1);
      await().until(() -> client.send("POST", "/reset_prefix_cache", "").statusCode() == 200);
    }
  }

  @Test
  void maxConcurrency_waitersWhoLeave_holdNoPlace() throws IOException {
    MockSettings one = Engines.slow(Engines.roomy(1)).withMaxConcurrency(1);
    try (MockServer mock = Engines.start(one);
        RawCall served = new RawCall(mock, Dialect.CHAT, RawCall.body(Dialect.CHAT, true, 40))) {
      served.hearSomething();
      for (int i = 0; i < 100; i++) {
        new RawCall(mock, Dialect.CHAT, RawCall.body(Dialect.CHAT, i % 2 == 0, 40)).close();
      }
      truth(mock, 100);
      served.hear().assertWell(40);
      RawCall.ask(mock, Dialect.CHAT, RawCall.body(Dialect.CHAT, true, 2)).assertWell(2);
      assertThat(truth(mock, 102).subList(0, 100))
          .allMatch(truth -> truth.start() == 0 && truth.replica() == -1 && !truth.complete());
    }
  }
}
