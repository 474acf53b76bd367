package dev.candor.protocol.serve;

import static dev.candor.protocol.serve.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompletionReaderTest {
  private static GenerationRequest read(String body) {
    return Dialect.COMPLETIONS.read(body.getBytes(UTF_8));
  }

  @Test
  void read_aBenchmarksRequest() {
    GenerationRequest request =
        read(
            """
            {"model":"m","prompt":"once","temperature":0.0,"repetition_penalty":1.0,"best_of":1,
             "max_tokens":128,"min_tokens":128,"logprobs":null,"stream":true,"ignore_eos":true,
             "stream_options":{"include_usage":true},"echo":false}
            """);
    assertThat(request.prompt()).containsExactly(new PromptPart("user", "once"));
    assertThat(request.maxTokens()).isEqualTo(128);
    assertThat(request.stream()).isTrue();
    assertThat(request.includeUsage()).isTrue();
    assertThat(request.ignoreEos()).isTrue();
    assertThat(request.echo()).isFalse();
    assertThat(request.tool()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[\"once\"] | once | 0",
        "[101,2023,0] | 101 2023 0 | 3",
        "[[7]] | 7 | 1",
      })
  void read_promptInAnArray_isThePrompt(String prompt, String text, int tokens) {
    assertThat(read("{\"prompt\":" + prompt + "}").prompt())
        .containsExactly(new PromptPart("user", text, tokens));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | prompt",
        "[\"a\",\"b\"] | prompt",
        "[[1],[2]] | prompt",
        "[[1],2] | prompt[1]",
        "[1,\"a\"] | prompt[1]",
        "[\"a\",1] | prompt[1]",
        "[1,[2]] | prompt[1]",
        "[-1] | prompt[0]",
        "[[\"a\"]] | prompt[0][0]",
        "[[1.5]] | prompt[0][0]",
        "{} | prompt",
        "7 | prompt",
      })
  void read_promptThatIsNotOne_isInvalid(String prompt, String field) {
    assertRefused(field, () -> read("{\"prompt\":" + prompt + "}"));
  }

  @Test
  void read_moreThanOneAnswer_isInvalid() {
    assertThatThrownBy(() -> read("{\"prompt\":\"a\",\"n\":3}"))
        .hasMessage("'n': found 3, must be 1: one answer a request is all there is here");
    assertThatThrownBy(() -> read("{\"prompt\":\"a\",\"best_of\":2}"))
        .hasMessageContaining("best_of");
  }
}
