package dev.candor.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.RequestOptions;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.completions.CompletionUsage;
import dev.candor.mock.MockServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenAI's legacy completions, by its own Java client. */
final class OpenAiCompletionsTest {
  /** The client's check wants a finish_reason in every chunk, where servers send null but once. */
  private static final RequestOptions UNCHECKED =
      RequestOptions.builder().responseValidation(false).build();

  @ParameterizedTest
  @CsvSource({"12, length", "500, stop"})
  void stream_agreesWithTheWholeAnswer(long maxTokens, String reason) {
    try (MockServer mock = Mocks.start();
        OpenAiSession session = OpenAiSession.open(mock, 0)) {
      CompletionCreateParams.Builder request =
          CompletionCreateParams.builder()
              .model("mock-model")
              .prompt("once upon a time")
              .maxTokens(maxTokens)
              .putAdditionalHeader("x-candor-request", "5");
      Completion whole = session.client().completions().create(request.build());
      List<Completion> chunks = new ArrayList<>();
      try (StreamResponse<Completion> stream =
          session
              .client()
              .completions()
              .createStreaming(
                  request
                      .streamOptions(
                          ChatCompletionStreamOptions.builder().includeUsage(true).build())
                      .build(),
                  UNCHECKED)) {
        stream.stream().forEach(chunks::add);
      }

      assertThat(chunks).hasSizeGreaterThan(2);
      assertThat(text(chunks)).isEqualTo(text(List.of(whole))).isNotBlank();
      assertThat(whole.choices().getFirst().finishReason().asString()).isEqualTo(reason);
      CompletionUsage usage = whole.usage().orElseThrow();
      assertThat(usage.completionTokens()).isEqualTo(Math.min(maxTokens, Mocks.TOKENS));
      assertThat(usage.promptTokens()).isPositive();
      assertThat(chunks.getLast().usage()).hasValue(usage);
    }
  }

  private static String text(List<Completion> chunks) {
    return chunks.stream()
        .flatMap(chunk -> chunk.choices().stream())
        .map(choice -> choice.text())
        .collect(Collectors.joining());
  }
}
