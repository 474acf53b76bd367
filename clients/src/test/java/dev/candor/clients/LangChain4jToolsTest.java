package dev.candor.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.mock.MockServer;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** LangChain4j's assistants, which call methods of their own as the mock asks them to. */
final class LangChain4jToolsTest {
  private static final String QUESTION = "how is the weather";

  /** Whose dialect LangChain4j speaks. */
  enum Provider {
    OPENAI {
      @Override
      ChatModel whole(MockServer mock, int maxRetries) {
        return OpenAiChatModel.builder()
            .baseUrl(mock.baseUrl().toString())
            .apiKey(Mocks.KEY)
            .modelName("mock-model")
            .maxRetries(maxRetries)
            .build();
      }

      @Override
      StreamingChatModel streaming(MockServer mock) {
        return OpenAiStreamingChatModel.builder()
            .baseUrl(mock.baseUrl().toString())
            .apiKey(Mocks.KEY)
            .modelName("mock-model")
            .build();
      }
    },
    ANTHROPIC {
      @Override
      ChatModel whole(MockServer mock, int maxRetries) {
        return AnthropicChatModel.builder()
            .baseUrl(mock.baseUrl().toString())
            .apiKey(Mocks.KEY)
            .modelName("mock-model")
            .maxRetries(maxRetries)
            .build();
      }

      @Override
      StreamingChatModel streaming(MockServer mock) {
        return AnthropicStreamingChatModel.builder()
            .baseUrl(mock.baseUrl().toString())
            .apiKey(Mocks.KEY)
            .modelName("mock-model")
            .build();
      }
    };

    abstract ChatModel whole(MockServer mock, int maxRetries);

    abstract StreamingChatModel streaming(MockServer mock);
  }

  /** Answers in one piece. */
  interface Assistant {
    String ask(String question);
  }

  /** Answers as a stream. */
  interface StreamingAssistant {
    TokenStream ask(String question);
  }

  /** What the assistants may ask for; keeps what they asked. */
  static final class Forecast {
    final List<Integer> days = new CopyOnWriteArrayList<>();

    @Tool("The weather of a city in some days")
    String weather(String city, int inDays) {
      assertThat(city).isNotBlank();
      days.add(inDays);
      return Weather.RESULT;
    }
  }

  @ParameterizedTest
  @EnumSource
  void tool_isReallyCalled_thenTheAnswerIsText(Provider provider) {
    Forecast forecast = new Forecast();
    try (MockServer mock = Mocks.start()) {
      Assistant assistant =
          AiServices.builder(Assistant.class)
              .chatModel(provider.whole(mock, 0))
              .tools(forecast)
              .build();
      assertThat(assistant.ask(QUESTION)).isNotBlank();
    }
    assertThat(forecast.days).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void tool_inAStream_isReallyCalled_thenTheAnswerIsText(Provider provider) {
    Forecast forecast = new Forecast();
    StringBuilder text = new StringBuilder();
    CompletableFuture<ChatResponse> complete = new CompletableFuture<>();
    try (MockServer mock = Mocks.start()) {
      AiServices.builder(StreamingAssistant.class)
          .streamingChatModel(provider.streaming(mock))
          .tools(forecast)
          .build()
          .ask(QUESTION)
          .onPartialResponse(text::append)
          .onCompleteResponse(complete::complete)
          .onError(complete::completeExceptionally)
          .start();
      ChatResponse response = complete.orTimeout(20, TimeUnit.SECONDS).join();
      assertThat(text.toString()).isEqualTo(response.aiMessage().text()).isNotBlank();
    }
    assertThat(forecast.days).hasSize(1);
  }

  /** LangChain4j waits half a second before its retry, whatever the refusal asks for. */
  @Test
  void refusedOnce_oneRetry_succeeds() {
    try (MockServer mock = Mocks.refusing(1, 429)) {
      assertThat(Provider.OPENAI.whole(mock, 1).chat("how are you")).isNotBlank();
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusedOnce_noRetries_isARateLimit(Provider provider) {
    try (MockServer mock = Mocks.refusing(1, 429)) {
      ChatModel model = provider.whole(mock, 0);
      assertThatThrownBy(() -> model.chat("how are you")).isInstanceOf(RateLimitException.class);
    }
  }
}
