package dev.candor.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.candor.base.stats.Distribution;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.mock.TruthRecord;
import dev.candor.scenario.MockSettings;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.FinishReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LangChain4j's OpenAI client, on the JDK's HTTP client, against the mock. */
final class LangChain4jClientTest {
  private static final int THOUGHT = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Map<String, String> NUMBERED = Map.of("x-candor-request", "5");
  private static final MockSettings SETTINGS =
      MockSettings.of(new Distribution.Constant(5e6), new Distribution.Constant(1e6))
          .withOutputTokens(new Distribution.Constant(20))
          .withTokensPerChunk(3)
          .withReasoningTokens(THOUGHT);

  private MockServer mock;

  @BeforeEach
  void start() {
    mock = MockServer.start(MockOptions.of(SETTINGS, 1).withRequiredKey("right"));
  }

  @AfterEach
  void stop() {
    mock.close();
  }

  private ChatResponse whole(String key, int maxTokens) {
    return OpenAiChatModel.builder()
        .baseUrl(mock.baseUrl().toString())
        .apiKey(key)
        .modelName("mock-model")
        .maxCompletionTokens(maxTokens)
        .maxRetries(0)
        .timeout(PATIENCE)
        .customHeaders(NUMBERED)
        .returnThinking(true)
        .build()
        .chat(UserMessage.from("how are you"));
  }

  private Heard stream(String key, int maxTokens) {
    Heard heard = new Heard();
    OpenAiStreamingChatModel.builder()
        .baseUrl(mock.baseUrl().toString())
        .apiKey(key)
        .modelName("mock-model")
        .maxCompletionTokens(maxTokens)
        .timeout(PATIENCE)
        .customHeaders(NUMBERED)
        .returnThinking(true)
        .build()
        .chat(List.of(UserMessage.from("how are you")), heard);
    return heard;
  }

  /** What a streamed answer said, piece by piece and at its end. */
  private static final class Heard implements StreamingChatResponseHandler {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thought = new StringBuilder();
    private final CompletableFuture<ChatResponse> complete = new CompletableFuture<>();

    @Override
    public void onPartialResponse(String piece) {
      text.append(piece);
    }

    @Override
    public void onPartialThinking(PartialThinking piece) {
      thought.append(piece.text());
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      complete.complete(response);
    }

    @Override
    public void onError(Throwable error) {
      complete.completeExceptionally(error);
    }

    ChatResponse response() {
      return complete.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
  }

  @ParameterizedTest
  @CsvSource({"12,LENGTH", "50,STOP"})
  void stream_agreesWithTheWholeAnswer_andTheTruth(int maxTokens, FinishReason reason) {
    Heard heard = stream("right", maxTokens);
    ChatResponse streamed = heard.response();
    ChatResponse whole = whole("right", maxTokens);

    assertThat(heard.text.toString())
        .isEqualTo(streamed.aiMessage().text())
        .isEqualTo(whole.aiMessage().text())
        .isNotBlank();
    assertThat(heard.thought.toString())
        .isEqualTo(streamed.aiMessage().thinking())
        .isEqualTo(whole.aiMessage().thinking())
        .isNotBlank();
    await().until(() -> mock.truth().size() == 2);
    for (int i = 0; i < 2; i++) {
      ChatResponse answer = List.of(streamed, whole).get(i);
      TruthRecord truth = mock.truth().get(i);
      assertThat(truth.complete()).isTrue();
      assertThat(answer.finishReason()).isEqualTo(reason);
      assertThat(answer.aiMessage().text().strip().split(" "))
          .hasSize(truth.outputTokens() - THOUGHT);
      OpenAiTokenUsage usage = (OpenAiTokenUsage) answer.tokenUsage();
      assertThat(usage.outputTokenCount())
          .isEqualTo(truth.outputTokens())
          .isEqualTo(Math.min(maxTokens, 20));
      assertThat(usage.inputTokenCount()).isEqualTo(truth.promptTokens());
      assertThat(usage.outputTokensDetails().reasoningTokens()).isEqualTo(THOUGHT);
    }
  }

  @Test
  void wrongKey_isAnAuthenticationFailure() {
    assertThatThrownBy(() -> whole("wrong", 12))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("API key");
    assertThatThrownBy(() -> stream("wrong", 12).response())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(AuthenticationException.class);
  }
}
