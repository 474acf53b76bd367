package dev.candor.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.OverloadedException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.SseException;
import com.anthropic.models.ErrorType;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.candor.mock.MockServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How Anthropic's own Java client takes refusals and failures. */
final class AnthropicFailuresTest {
  private static final MessageCreateParams REQUEST =
      MessageCreateParams.builder()
          .model("mock-model")
          .maxTokens(100)
          .addUserMessage("how are you")
          .build();

  @Test
  void refusedTwice_threeRetries_succeeds() {
    try (MockServer mock = Mocks.refusing(2, 429);
        AnthropicSession session = AnthropicSession.open(mock, 3)) {
      assertThat(session.client().messages().create(REQUEST).content()).hasSize(1);
    }
  }

  @Test
  void refusedTwice_threeRetries_streams() {
    try (MockServer mock = Mocks.refusing(2, 429);
        AnthropicSession session = AnthropicSession.open(mock, 3);
        StreamResponse<RawMessageStreamEvent> stream =
            session.client().messages().createStreaming(REQUEST)) {
      assertThat(stream.stream()).hasSizeGreaterThan(5);
    }
  }

  @Test
  void refusedTwice_oneRetry_isARateLimit() {
    try (MockServer mock = Mocks.refusing(2, 429);
        AnthropicSession session = AnthropicSession.open(mock, 1)) {
      assertThatThrownBy(() -> session.client().messages().create(REQUEST))
          .isInstanceOfSatisfying(
              RateLimitException.class,
              refusal -> assertThat(refusal.type()).hasValue(ErrorType.RATE_LIMIT_ERROR));
    }
  }

  @Test
  void overloaded_noRetries_isThatException() {
    try (MockServer mock = Mocks.refusing(1, 529);
        AnthropicSession session = AnthropicSession.open(mock, 0)) {
      assertThatThrownBy(() -> session.client().messages().create(REQUEST))
          .isInstanceOfSatisfying(
              OverloadedException.class,
              refusal -> assertThat(refusal.type()).hasValue(ErrorType.OVERLOADED_ERROR));
    }
  }

  @Test
  void errorInTheStream_isThatException() {
    try (MockServer mock = Mocks.failingInTheStream();
        AnthropicSession session = AnthropicSession.open(mock, 0);
        StreamResponse<RawMessageStreamEvent> stream =
            session.client().messages().createStreaming(REQUEST)) {
      List<RawMessageStreamEvent> seen = new ArrayList<>();
      assertThatThrownBy(() -> stream.stream().forEach(seen::add)).isInstanceOf(SseException.class);
      assertThat(seen).anyMatch(RawMessageStreamEvent::isContentBlockDelta);
    }
  }
}
