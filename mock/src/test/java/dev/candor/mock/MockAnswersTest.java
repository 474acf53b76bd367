package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.candor.base.stats.Distribution;
import dev.candor.scenario.MockSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an answer looks like, streamed and whole. */
final class MockAnswersTest {
  private static final String WITH_USAGE =
      MockClient.body(
          "\"max_tokens\":12,\"stream\":true,\"stream_options\":{\"include_usage\":true}");

  private static MockServer start(
      @Nullable Distribution outputTokens, int tokensPerChunk, int reasoningTokens) {
    return MockServer.start(
        MockOptions.of(
            MockSettings.of(new Distribution.Constant(1e6), new Distribution.Constant(1e5))
                .withOutputTokens(outputTokens)
                .withTokensPerChunk(tokensPerChunk)
                .withReasoningTokens(reasoningTokens),
            1));
  }

  @Test
  void tokensPerChunk_andReasoning_shapeTheEvents() {
    try (MockServer mock = start(null, 4, 5);
        MockClient client = new MockClient(mock)) {
      MockClient.Answer answer = client.answer(0, WITH_USAGE);
      assertThat(answer.said("reasoning_content"))
          .extracting(MockClient::words)
          .containsExactly(4, 1);
      assertThat(answer.said("content")).extracting(MockClient::words).containsExactly(4, 3);
      assertThat(answer.said("role")).containsExactly("assistant");
      await().until(() -> mock.truth().size() == 1);
      TruthRecord truth = mock.truth().getFirst();
      assertThat(truth.tokens()).containsExactly(4, 1, 4, 3);
      assertThat(truth.reasoningTokens()).isEqualTo(5);
      assertThat(truth.outputTokens()).isEqualTo(12);
      assertUsage(answer.usages().getFirst(), truth);
    }
  }

  private static void assertUsage(JsonNode usage, TruthRecord truth) {
    assertThat(usage.path("prompt_tokens").intValue()).isEqualTo(truth.promptTokens()).isEqualTo(3);
    assertThat(usage.path("completion_tokens").intValue()).isEqualTo(truth.outputTokens());
    assertThat(usage.path("total_tokens").intValue())
        .isEqualTo(truth.promptTokens() + truth.outputTokens());
    assertThat(usage.path("completion_tokens_details").path("reasoning_tokens").intValue())
        .isEqualTo(truth.reasoningTokens());
  }

  @Test
  void tokensPerChunk_beyondTheAnswer_isOneEvent() {
    try (MockServer mock = start(null, Integer.MAX_VALUE, 0);
        MockClient client = new MockClient(mock)) {
      assertThat(client.answer(0, WITH_USAGE).said("content"))
          .extracting(MockClient::words)
          .containsExactly(12);
    }
  }

  @Test
  void reasoning_leavesTheAnswerAToken() {
    try (MockServer mock = start(null, 1, 1000);
        MockClient client = new MockClient(mock)) {
      MockClient.Answer answer = client.answer(0, MockClient.streamed(8));
      assertThat(MockClient.words(answer.thought())).isEqualTo(7);
      assertThat(MockClient.words(answer.text())).isEqualTo(1);
    }
  }

  @Test
  void whole_saysWhatTheStreamSays() {
    try (MockServer mock = start(null, 4, 5);
        MockClient client = new MockClient(mock)) {
      MockClient.Answer streamed = client.answer(7, MockClient.streamed(12));
      MockClient.Answer whole = client.answer(7, MockClient.whole(12));
      assertThat(whole.chunks()).hasSize(1);
      assertThat(whole.chunks().getFirst().path("object").stringValue())
          .isEqualTo("chat.completion");
      assertThat(whole.text()).isEqualTo(streamed.text()).isNotBlank();
      assertThat(whole.thought()).isEqualTo(streamed.thought()).isNotBlank();
      assertThat(whole.finishReasons()).isEqualTo(streamed.finishReasons());
      await().until(() -> mock.truth().size() == 2);
      assertUsage(whole.usages().getFirst(), mock.truth().getLast());
      assertThat(mock.truth().getLast().tokens()).containsExactly(12);
    }
  }

  @Test
  void includeUsage_on_isOneLastEventWithoutChoices() {
    try (MockServer mock = start(null, 1, 0);
        MockClient client = new MockClient(mock)) {
      MockClient.Answer answer = client.answer(0, WITH_USAGE);
      assertThat(answer.usages()).hasSize(1);
      JsonNode last = answer.chunks().getLast();
      assertThat(last.path("usage")).isEqualTo(answer.usages().getFirst());
      assertThat(last.path("choices").size()).isZero();
    }
  }

  @Test
  void includeUsage_off_hasNone() {
    try (MockServer mock = start(null, 1, 0);
        MockClient client = new MockClient(mock)) {
      assertThat(client.answer(0, MockClient.streamed(3)).usages()).isEmpty();
      String off =
          MockClient.body(
              "\"max_tokens\":3,\"stream\":true,\"stream_options\":{\"include_usage\":false}");
      assertThat(client.answer(0, off).usages()).isEmpty();
    }
  }

  @Test
  void finishReason_isLengthAtTheLimit_elseStop() {
    try (MockServer mock = start(new Distribution.Constant(5), 1, 0);
        MockClient client = new MockClient(mock)) {
      for (long number = 0; number < 2; number++) {
        String shape = number == 0 ? "\"stream\":true" : "\"stream\":false";
        assertFinish(client, number, shape, "\"max_tokens\":12", 5, "stop");
        assertFinish(client, number, shape, "\"max_tokens\":3", 3, "length");
        assertFinish(client, number, shape, "\"n\":1", 5, "stop");
        assertFinish(client, number, shape, "\"max_tokens\":12,\"ignore_eos\":true", 12, "length");
      }
    }
  }

  private static void assertFinish(
      MockClient client, long number, String shape, String limit, int words, String reason) {
    MockClient.Answer answer = client.answer(number, MockClient.body(shape + "," + limit));
    assertThat(answer.finishReasons()).as("%s, %s", shape, limit).isEqualTo(List.of(reason));
    assertThat(MockClient.words(answer.text())).isEqualTo(words);
  }
}
