package dev.candor.protocol.serve;

import static dev.candor.protocol.serve.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResponsesReaderTest {
  private static final String TOOL =
      "\"tools\":[{\"type\":\"web_search\"},{\"type\":\"function\",\"name\":\"f\",\"strict\":true,"
          + "\"parameters\":{\"type\":\"object\"}}]";

  private static GenerationRequest read(String body) {
    return Dialect.RESPONSES.read(body.getBytes(UTF_8));
  }

  @Test
  void read_aString_isTheUsers() {
    GenerationRequest request =
        read("{\"model\":\"m\",\"input\":\"hi\",\"instructions\":\"be kind\",\"stream\":true}");
    assertThat(request.prompt())
        .containsExactly(new PromptPart("system", "be kind"), new PromptPart("user", "hi"));
    assertThat(request.stream()).isTrue();
    assertThat(request.includeUsage()).isTrue();
    assertThat(request.reasoningTokens()).isZero();
  }

  @Test
  void read_itemsOfEveryKind_giveWhatReachesTheModel() {
    GenerationRequest request =
        read(
            """
            {"input":[
               {"role":"developer","content":"one"},
               {"type":"message","role":"user","content":[
                 {"type":"input_text","text":"two"},{"type":"input_image","image_url":"x"}]},
               {"type":"reasoning","id":"rs","summary":[{"type":"summary_text","text":"hidden"}],
                "content":[{"type":"reasoning_text","text":"hidden"}]},
               {"type":"function_call","call_id":"c","name":"f","arguments":"{}"},
               {"type":"computer_call_output","call_id":"d","output":{"type":"computer_screenshot"}},
               {"type":"item_reference","id":"x"},
               {"type":"function_call_output","call_id":"c","output":"42"}],
             "max_output_tokens":9,"reasoning":{"effort":"low","summary":"auto"},
             "text":{"format":{"type":"text"}},"store":false,%s}
            """
                .formatted(TOOL));
    assertThat(request.prompt().subList(2, 7))
        .containsExactly(
            new PromptPart("system", "one"),
            new PromptPart("user", "two"),
            new PromptPart("assistant", "f"),
            new PromptPart("assistant", "{}"),
            new PromptPart("tool", "42"));
    assertThat(request.maxTokens()).isEqualTo(9);
    assertThat(request.reasoningTokens()).isEqualTo(16);
    assertThat(request.tool()).isNull();
  }

  @Test
  void read_aTool_isTheFirstThatTheClientRuns() {
    ToolDefinition tool = new ToolDefinition("f", "{\"type\":\"object\"}");
    assertThat(read("{\"input\":\"hi\"," + TOOL + "}").tool()).isEqualTo(tool);
    GenerationRequest named =
        read(
            "{\"input\":\"hi\",\"tool_choice\":{\"type\":\"function\",\"name\":\"f\"},"
                + TOOL
                + "}");
    assertThat(named.tool()).isEqualTo(tool);
    assertThat(named.toolForced()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | input",
        "{\"input\":null} | input",
        "{\"input\":{}} | input",
        "{\"input\":[3]} | input[0]",
        "{\"input\":[{\"content\":\"a\"}]} | input[0].role",
        "{\"input\":[{\"role\":\"tool\"}]} | input[0].role",
        "{\"input\":\"a\",\"max_output_tokens\":0} | max_output_tokens",
        "{\"input\":\"a\",\"reasoning\":{\"effort\":1}} | reasoning.effort",
        "{\"input\":\"a\",\"tool_choice\":{\"type\":\"function\"}} | tool_choice.name",
      })
  void read_aWrongValue_isNamedByItsPath(String body, String field) {
    assertRefused(field, () -> read(body));
  }
}
