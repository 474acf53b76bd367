package dev.candor.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.core.http.StreamResponse;
import com.openai.errors.RateLimitException;
import com.openai.errors.SseException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.candor.mock.MockServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How OpenAI's own Java client takes refusals and failures. */
final class OpenAiFailuresTest {
  private static final ChatCompletionCreateParams REQUEST =
      ChatCompletionCreateParams.builder()
          .model("mock-model")
          .addUserMessage("how are you")
          .build();

  @Test
  void refusedTwice_threeRetries_succeeds() {
    try (MockServer mock = Mocks.refusing(2, 429);
        OpenAiSession session = OpenAiSession.open(mock, 3)) {
      assertThat(session.client().chat().completions().create(REQUEST).choices()).hasSize(1);
    }
  }

  @Test
  void refusedTwice_threeRetries_streams() {
    try (MockServer mock = Mocks.refusing(2, 429);
        OpenAiSession session = OpenAiSession.open(mock, 3);
        StreamResponse<ChatCompletionChunk> stream =
            session.client().chat().completions().createStreaming(REQUEST)) {
      assertThat(stream.stream()).hasSizeGreaterThan(2);
    }
  }

  @Test
  void refusedTwice_oneRetry_isARateLimit() {
    try (MockServer mock = Mocks.refusing(2, 429);
        OpenAiSession session = OpenAiSession.open(mock, 1)) {
      assertThatThrownBy(() -> session.client().chat().completions().create(REQUEST))
          .isInstanceOfSatisfying(
              RateLimitException.class,
              refusal -> {
                assertThat(refusal.type()).isPresent();
                assertThat(refusal.headers().values("retry-after-ms")).containsExactly("20");
              });
    }
  }

  @Test
  void errorInTheStream_isThatException() {
    try (MockServer mock = Mocks.failingInTheStream();
        OpenAiSession session = OpenAiSession.open(mock, 3);
        StreamResponse<ChatCompletionChunk> stream =
            session.client().chat().completions().createStreaming(REQUEST)) {
      List<ChatCompletionChunk> seen = new ArrayList<>();
      assertThatThrownBy(() -> stream.stream().forEach(seen::add)).isInstanceOf(SseException.class);
      assertThat(seen).hasSizeGreaterThan(1);
    }
  }
}
