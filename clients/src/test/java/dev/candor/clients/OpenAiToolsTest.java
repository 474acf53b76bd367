package dev.candor.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.candor.mock.MockServer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools in chat completions, by OpenAI's own Java client. */
final class OpenAiToolsTest {
  private static final FunctionDefinition WEATHER =
      FunctionDefinition.builder()
          .name(Weather.NAME)
          .parameters(
              FunctionParameters.builder()
                  .putAdditionalProperty("type", JsonValue.from("object"))
                  .putAdditionalProperty("properties", JsonValue.from(Weather.PROPERTIES))
                  .putAdditionalProperty("required", JsonValue.from(Weather.REQUIRED))
                  .build())
          .build();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tool_isCalled_andItsResultAnsweredInText(boolean streamed) {
    try (MockServer mock = Mocks.start();
        OpenAiSession session = OpenAiSession.open(mock, 0)) {
      ChatCompletionCreateParams.Builder conversation =
          ChatCompletionCreateParams.builder()
              .model("mock-model")
              .addUserMessage("how is the weather")
              .addFunctionTool(WEATHER);

      ChatCompletion.Choice call = ask(session.client(), conversation, streamed);
      assertThat(call.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
      assertThat(call.message().toolCalls().orElseThrow()).hasSize(1);
      ChatCompletionMessageFunctionToolCall weather =
          call.message().toolCalls().orElseThrow().getFirst().asFunction();
      Weather.check(weather.function().name(), weather.function().arguments());

      conversation
          .addMessage(call.message())
          .addMessage(
              ChatCompletionToolMessageParam.builder()
                  .toolCallId(weather.id())
                  .content(Weather.RESULT)
                  .build());
      ChatCompletion.Choice answer = ask(session.client(), conversation, streamed);
      assertThat(answer.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
      assertThat(answer.message().toolCalls().orElse(List.of())).isEmpty();
      assertThat(answer.message().content().orElseThrow()).isNotBlank();
    }
  }

  private static ChatCompletion.Choice ask(
      OpenAIClient client, ChatCompletionCreateParams.Builder conversation, boolean streamed) {
    ChatCompletionCreateParams request = conversation.build();
    if (!streamed) {
      return client.chat().completions().create(request).choices().getFirst();
    }
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(request)) {
      stream.stream().forEach(accumulator::accumulate);
    }
    return accumulator.chatCompletion().choices().getFirst();
  }
}
