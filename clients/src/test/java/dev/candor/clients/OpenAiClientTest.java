package dev.candor.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionUsage;
import dev.candor.base.stats.Distribution;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.mock.TruthRecord;
import dev.candor.scenario.MockSettings;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenAI's own Java client, which checks every field of what the mock answers. */
final class OpenAiClientTest {
  private static final int THOUGHT = 4;
  private static final MockSettings SETTINGS =
      MockSettings.of(new Distribution.Constant(5e6), new Distribution.Constant(1e6))
          .withOutputTokens(new Distribution.Constant(20))
          .withTokensPerChunk(3)
          .withReasoningTokens(THOUGHT);

  private MockServer mock;
  private OpenAIClient client;

  @BeforeEach
  void start() {
    mock = MockServer.start(MockOptions.of(SETTINGS, 1).withRequiredKey("right"));
    client = client("right");
  }

  @AfterEach
  void stop() {
    client.close();
    mock.close();
  }

  private OpenAIClient client(String key) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(mock.baseUrl().toString())
        .apiKey(key)
        .maxRetries(0)
        .responseValidation(true)
        .build();
  }

  private static ChatCompletionCreateParams.Builder request(long number, long maxTokens) {
    return ChatCompletionCreateParams.builder()
        .model("mock-model")
        .addSystemMessage("be brief")
        .addUserMessage("how are you")
        .temperature(0.5)
        .maxCompletionTokens(maxTokens)
        .putAdditionalHeader("x-candor-request", Long.toString(number));
  }

  @ParameterizedTest
  @CsvSource({"12,length", "50,stop"})
  void stream_agreesWithTheWholeAnswer_andTheTruth(long maxTokens, String reason) {
    ChatCompletionCreateParams streamed =
        request(5, maxTokens)
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(streamed)) {
      stream.stream().forEach(accumulator::accumulate);
    }
    ChatCompletion joined = accumulator.chatCompletion();
    ChatCompletion whole = client.chat().completions().create(request(5, maxTokens).build());

    assertThat(text(joined)).isEqualTo(text(whole)).isNotBlank();
    await().until(() -> mock.truth().size() == 2);
    for (int i = 0; i < 2; i++) {
      ChatCompletion answer = List.of(joined, whole).get(i);
      TruthRecord truth = mock.truth().get(i);
      assertThat(truth.complete()).isTrue();
      assertThat(answer.choices().getFirst().finishReason().asString()).isEqualTo(reason);
      assertThat(text(answer).strip().split(" ")).hasSize(truth.outputTokens() - THOUGHT);
      CompletionUsage usage = answer.usage().orElseThrow();
      assertThat(usage.completionTokens())
          .isEqualTo(truth.outputTokens())
          .isEqualTo(Math.min(maxTokens, 20));
      assertThat(usage.promptTokens()).isEqualTo(truth.promptTokens());
      assertThat(usage.totalTokens()).isEqualTo(truth.promptTokens() + truth.outputTokens());
      assertThat(usage.completionTokensDetails().orElseThrow().reasoningTokens())
          .hasValue((long) THOUGHT);
    }
  }

  private static String text(ChatCompletion answer) {
    return answer.choices().getFirst().message().content().orElseThrow();
  }

  @Test
  void stream_withoutUsage_endsWithout() {
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(request(1, 12).build())) {
      stream.stream().forEach(accumulator::accumulate);
    }
    assertThat(accumulator.chatCompletion().usage()).isEmpty();
  }

  @Test
  void models_areListed() {
    assertThat(client.models().list().data())
        .extracting(model -> model.id())
        .containsExactly("mock-model");
  }

  @Test
  void wrongKey_isUnauthorized() {
    OpenAIClient stranger = client("wrong");
    try {
      assertThatThrownBy(() -> stranger.chat().completions().create(request(1, 12).build()))
          .isInstanceOfSatisfying(
              UnauthorizedException.class,
              refusal -> assertThat(refusal.code()).hasValue("invalid_api_key"));
      assertThatThrownBy(
              () -> stranger.chat().completions().createStreaming(request(1, 12).build()))
          .isInstanceOf(UnauthorizedException.class);
    } finally {
      stranger.close();
    }
  }

  @Test
  void absurdLength_isABadRequest_namesTheField() {
    assertThatThrownBy(() -> client.chat().completions().create(request(1, 2_000_000_000).build()))
        .isInstanceOfSatisfying(
            BadRequestException.class,
            refusal -> assertThat(refusal.param()).hasValue("max_completion_tokens"));
  }
}
