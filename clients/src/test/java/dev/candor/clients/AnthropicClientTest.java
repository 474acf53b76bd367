package dev.candor.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.ErrorType;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import dev.candor.mock.MockServer;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Anthropic's messages, by its own Java client. */
final class AnthropicClientTest {
  private MockServer mock;
  private AnthropicSession session;

  @BeforeEach
  void start() {
    mock = Mocks.start();
    session = AnthropicSession.open(mock, 0);
  }

  @AfterEach
  void stop() {
    session.close();
    mock.close();
  }

  private static MessageCreateParams.Builder request(long maxTokens) {
    return MessageCreateParams.builder()
        .model("mock-model")
        .maxTokens(maxTokens)
        .system("be brief")
        .addUserMessage("how are you")
        .putAdditionalHeader("x-candor-request", "5");
  }

  private Message whole(MessageCreateParams request) {
    return session.client().messages().create(request);
  }

  private Message streamed(MessageCreateParams request) {
    MessageAccumulator accumulator = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> stream =
        session.client().messages().createStreaming(request)) {
      stream.stream().forEach(accumulator::accumulate);
    }
    return accumulator.message();
  }

  private static String text(Message message) {
    return message.content().stream()
        .flatMap(block -> block.text().stream())
        .map(block -> block.text())
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @CsvSource({"12, max_tokens", "500, end_turn"})
  void stream_agreesWithTheWholeAnswer(long maxTokens, String reason) {
    Message whole = whole(request(maxTokens).build());
    Message streamed = streamed(request(maxTokens).build());

    assertThat(text(streamed)).isEqualTo(text(whole)).isNotBlank();
    for (Message message : List.of(whole, streamed)) {
      assertThat(message.stopReason()).hasValue(StopReason.of(reason));
      assertThat(message.usage().outputTokens()).isEqualTo(Math.min(maxTokens, Mocks.TOKENS));
      assertThat(message.usage().inputTokens()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void thinking_comesAheadOfTheText_andIsSigned(boolean streamed) {
    Message message = ask(request(4096).enabledThinking(1024), streamed);
    assertThat(message.content()).hasSize(2);
    ContentBlock first = message.content().getFirst();
    assertThat(first.asThinking().thinking()).isNotBlank();
    assertThat(first.asThinking().signature()).isNotBlank();
    assertThat(message.content().getLast().asText().text()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tool_isCalled_andItsResultAnsweredInText(boolean streamed) {
    MessageCreateParams.Builder conversation = request(500).addTool(weather());

    Message call = ask(conversation, streamed);
    assertThat(call.stopReason()).hasValue(StopReason.TOOL_USE);
    assertThat(call.content()).hasSize(1);
    ToolUseBlock use = call.content().getFirst().asToolUse();
    Weather.check(
        use.name(), new JsonMapper().writeValueAsString(use._input().convert(Object.class)));

    ToolResultBlockParam result =
        ToolResultBlockParam.builder().toolUseId(use.id()).content(Weather.RESULT).build();
    conversation
        .addMessage(call)
        .addUserMessageOfContentBlockParams(List.of(ContentBlockParam.ofToolResult(result)));
    Message answer = ask(conversation, streamed);
    assertThat(answer.stopReason()).hasValue(StopReason.END_TURN);
    assertThat(answer.content()).noneMatch(ContentBlock::isToolUse);
    assertThat(text(answer)).isNotBlank();
  }

  private Message ask(MessageCreateParams.Builder request, boolean streamed) {
    return streamed ? streamed(request.build()) : whole(request.build());
  }

  private static Tool weather() {
    Tool.InputSchema.Properties.Builder properties = Tool.InputSchema.Properties.builder();
    Weather.PROPERTIES.forEach(
        (name, schema) -> properties.putAdditionalProperty(name, JsonValue.from(schema)));
    return Tool.builder()
        .name(Weather.NAME)
        .inputSchema(
            Tool.InputSchema.builder()
                .properties(properties.build())
                .required(Weather.REQUIRED)
                .build())
        .build();
  }

  @Test
  void absurdLength_isABadRequest() {
    assertThatThrownBy(() -> whole(request(2_000_000_000).build()))
        .isInstanceOfSatisfying(
            BadRequestException.class,
            refusal -> {
              assertThat(refusal.type()).hasValue(ErrorType.INVALID_REQUEST_ERROR);
              assertThat(refusal.apiMessage().orElseThrow()).contains("max_tokens");
            });
  }

  @Test
  void wrongKey_isUnauthorized() {
    try (AnthropicSession stranger = AnthropicSession.open(mock, "wrong", 0)) {
      assertThatThrownBy(() -> stranger.client().messages().create(request(12).build()))
          .isInstanceOfSatisfying(
              UnauthorizedException.class,
              refusal -> assertThat(refusal.type()).hasValue(ErrorType.AUTHENTICATION_ERROR));
    }
  }

  @Test
  void models_areListed() {
    assertThat(session.client().models().list().data())
        .extracting(model -> model.id())
        .containsExactly("mock-model");
  }
}
