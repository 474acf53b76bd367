package dev.candor.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseUsage;
import dev.candor.mock.MockServer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's responses endpoint, by its own Java client. */
final class OpenAiResponsesTest {
  private static final String QUESTION = "how is the weather";

  private MockServer mock;
  private OpenAiSession session;

  @BeforeEach
  void start() {
    mock = Mocks.start();
    session = OpenAiSession.open(mock, 0);
  }

  @AfterEach
  void stop() {
    session.close();
    mock.close();
  }

  private static ResponseCreateParams.Builder request() {
    return ResponseCreateParams.builder()
        .model("mock-model")
        .putAdditionalHeader("x-candor-request", "5");
  }

  private Response whole(ResponseCreateParams request) {
    return session.client().responses().create(request);
  }

  private Response streamed(ResponseCreateParams request) {
    ResponseAccumulator accumulator = ResponseAccumulator.create();
    StringBuilder text = new StringBuilder();
    try (StreamResponse<ResponseStreamEvent> stream =
        session.client().responses().createStreaming(request)) {
      stream.stream()
          .forEach(
              event -> {
                accumulator.accumulate(event);
                event.outputTextDelta().ifPresent(delta -> text.append(delta.delta()));
              });
    }
    assertThat(text.toString()).isEqualTo(text(accumulator.response()));
    return accumulator.response();
  }

  private static String text(Response response) {
    return response.output().stream()
        .filter(ResponseOutputItem::isMessage)
        .flatMap(item -> item.asMessage().content().stream())
        .map(content -> content.asOutputText().text())
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @CsvSource({"12, incomplete", "500, completed"})
  void stream_agreesWithTheWholeAnswer(long maxTokens, String status) {
    ResponseCreateParams request =
        request().instructions("be brief").input("how are you").maxOutputTokens(maxTokens).build();
    Response streamed = streamed(request);
    Response whole = whole(request);

    assertThat(text(streamed)).isEqualTo(text(whole)).isNotBlank();
    for (Response response : List.of(streamed, whole)) {
      assertThat(response.status()).hasValue(ResponseStatus.of(status));
      assertThat(response.incompleteDetails().flatMap(Response.IncompleteDetails::reason))
          .isEqualTo(
              status.equals("incomplete")
                  ? Optional.of(Response.IncompleteDetails.Reason.MAX_OUTPUT_TOKENS)
                  : Optional.empty());
      ResponseUsage usage = response.usage().orElseThrow();
      assertThat(usage.outputTokens()).isEqualTo(Math.min(maxTokens, Mocks.TOKENS));
      assertThat(usage.inputTokens()).isPositive();
      assertThat(usage.totalTokens()).isEqualTo(usage.inputTokens() + usage.outputTokens());
    }
  }

  @Test
  void reasoning_isAnItemOfItsOwn() {
    ResponseCreateParams request =
        request()
            .input("how are you")
            .reasoning(Reasoning.builder().effort(ReasoningEffort.LOW).build())
            .build();
    for (Response response : List.of(whole(request), streamed(request))) {
      assertThat(response.output().getFirst().asReasoning().summary().getFirst().text())
          .isNotBlank();
      assertThat(text(response)).isNotBlank();
      assertThat(response.usage().orElseThrow().outputTokensDetails().reasoningTokens())
          .isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void function_isCalled_andItsOutputAnsweredInText(boolean streamed) {
    ResponseInputItem question =
        ResponseInputItem.ofEasyInputMessage(
            EasyInputMessage.builder().role(EasyInputMessage.Role.USER).content(QUESTION).build());
    ResponseCreateParams.Builder conversation = request().addTool(weather());

    Response called = ask(conversation.inputOfResponse(List.of(question)), streamed);
    assertThat(called.status()).hasValue(ResponseStatus.COMPLETED);
    assertThat(called.output()).hasSize(1);
    ResponseFunctionToolCall call = called.output().getFirst().asFunctionCall();
    Weather.check(call.name(), call.arguments());

    ResponseInputItem output =
        ResponseInputItem.ofFunctionCallOutput(
            ResponseInputItem.FunctionCallOutput.builder()
                .callId(call.callId())
                .output(Weather.RESULT)
                .build());
    Response answered =
        ask(
            conversation.inputOfResponse(
                List.of(question, ResponseInputItem.ofFunctionCall(call), output)),
            streamed);
    assertThat(answered.output()).noneMatch(ResponseOutputItem::isFunctionCall);
    assertThat(text(answered)).isNotBlank();
  }

  private Response ask(ResponseCreateParams.Builder request, boolean streamed) {
    return streamed ? streamed(request.build()) : whole(request.build());
  }

  private static FunctionTool weather() {
    return FunctionTool.builder()
        .name(Weather.NAME)
        .parameters(
            FunctionTool.Parameters.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty("properties", JsonValue.from(Weather.PROPERTIES))
                .putAdditionalProperty("required", JsonValue.from(Weather.REQUIRED))
                .build())
        .strict(false)
        .build();
  }
}
