package dev.candor.clients.spring;

import com.openai.errors.RateLimitException;
import dev.candor.mock.MockServer;
import java.net.URI;
import java.util.Map;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Whose dialect Spring AI speaks, each on its provider's own Java client. */
enum Provider {
  OPENAI(RateLimitException.class) {
    @Override
    ChatModel model(MockServer mock, int maxRetries) {
      return OpenAiChatModel.builder()
          .options(
              OpenAiChatOptions.builder()
                  .baseUrl(mock.baseUrl().toString())
                  .apiKey(KEY)
                  .model("mock-model")
                  .maxRetries(maxRetries)
                  .customHeaders(NUMBERED)
                  .build())
          .build();
    }
  },
  ANTHROPIC(com.anthropic.errors.RateLimitException.class) {
    @Override
    ChatModel model(MockServer mock, int maxRetries) {
      URI base = mock.baseUrl();
      return AnthropicChatModel.builder()
          .options(
              AnthropicChatOptions.builder()
                  .baseUrl(base.getScheme() + "://" + base.getAuthority())
                  .apiKey(KEY)
                  .model("mock-model")
                  .maxTokens(500)
                  .maxRetries(maxRetries)
                  .customHeaders(NUMBERED)
                  .build())
          .build();
    }
  };

  static final String KEY = "right";

  private static final Map<String, String> NUMBERED = Map.of("x-candor-request", "5");

  private final Class<? extends RuntimeException> refusal;

  Provider(Class<? extends RuntimeException> refusal) {
    this.refusal = refusal;
  }

  abstract ChatModel model(MockServer mock, int maxRetries);

  /** What its client throws where a 429 outlasts the retries. */
  Class<? extends RuntimeException> refusal() {
    return refusal;
  }
}
