package dev.candor.protocol.serve;

import static dev.candor.protocol.serve.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MessagesReaderTest {
  private static final String TOOLS =
      "\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"search\"},"
          + "{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}},"
          + "{\"type\":\"custom\",\"name\":\"g\",\"input_schema\":{}}]";

  private static GenerationRequest read(String fields) {
    return Dialect.MESSAGES.read(("{\"max_tokens\":50," + fields + "}").getBytes(UTF_8));
  }

  private static String user(String content) {
    return "\"messages\":[{\"role\":\"user\",\"content\":" + content + "}]";
  }

  @Test
  void read_blocksOfEveryKind_giveWhatReachesTheModel() {
    GenerationRequest request =
        read(
            """
            "model":"m","stream":true,
            "system":[{"type":"text","text":"be kind","cache_control":{"type":"ephemeral"}}],
            "messages":[
              {"role":"user","content":"one"},
              {"content":[
                {"type":"thinking","thinking":"hidden","signature":"s"},
                {"type":"text","text":"two"},
                {"type":"tool_use","id":"t","name":"f","input":{"a": [1, 1.50]}}],"role":"assistant"},
              {"role":"user","content":[
                {"tool_use_id":"t","content":[{"type":"text","text":"three"}],"type":"tool_result"},
                {"type":"image","source":{"type":"base64","data":"AA=="}},
                {"type":"text","text":"four"}]}],
            """
                + TOOLS);
    assertThat(request.prompt().subList(3, 10))
        .containsExactly(
            new PromptPart("system", "be kind"),
            new PromptPart("user", "one"),
            new PromptPart("assistant", "two"),
            new PromptPart("assistant", "f"),
            new PromptPart("assistant", "{\"a\":[1,1.50]}"),
            new PromptPart("tool", "three"),
            new PromptPart("user", "four"));
    assertThat(request.maxTokens()).isEqualTo(50);
    assertThat(request.stream()).isTrue();
    assertThat(request.includeUsage()).isTrue();
    assertThat(request.tool()).as("after a tool's result").isNull();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``, f, false",
        "`\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true},`, f, false",
        "`\"tool_choice\":{\"type\":\"any\"},`, f, true",
        "`\"tool_choice\":{\"type\":\"tool\",\"name\":\"g\"},`, g, true",
        "`\"tool_choice\":{\"type\":\"none\"},`, , false",
      })
  void read_toolChoice_decidesWhichToolIsCalled(String choice, String called, boolean forced) {
    GenerationRequest request = read(user("\"go\"") + "," + choice + TOOLS);
    assertThat(request.tool() == null ? null : request.tool().name()).isEqualTo(called);
    assertThat(request.toolForced()).isEqualTo(forced);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null | 0",
        "{\"type\":\"disabled\"} | 0",
        "{\"type\":\"adaptive\"} | 64",
        "{\"type\":\"enabled\",\"budget_tokens\":1024} | 64",
        "{\"budget_tokens\":10,\"type\":\"enabled\"} | 10",
        "{\"type\":\"enabled\",\"budget_tokens\":10} | 10",
      })
  void read_thinking_isBounded(String thinking, int tokens) {
    assertThat(read(user("\"a\"") + ",\"thinking\":" + thinking).reasoningTokens())
        .isEqualTo(tokens);
  }

  @Test
  void read_withoutALimit_isInvalid() {
    byte[] body = ("{" + user("\"a\"") + "}").getBytes(UTF_8);
    assertRefused("max_tokens", () -> Dialect.MESSAGES.read(body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"model\":\"m\" | messages",
        "\"messages\":{} | messages",
        "\"messages\":[{\"role\":\"system\",\"content\":\"a\"}] | messages[0].role",
        "\"messages\":[{\"content\":\"a\"}] | messages[0].role",
        "\"messages\":[{\"role\":\"user\",\"content\":[\"a\"]}] | messages[0].content[0]",
        "\"messages\":[],\"system\":{} | system",
        "\"messages\":[],\"thinking\":{\"type\":\"deep\"} | thinking.type",
        "\"messages\":[],\"tool_choice\":{\"type\":\"tool\"} | tool_choice.name",
        "\"messages\":[],\"tools\":[{\"input_schema\":{}}] | tools[0].name",
      })
  void read_aWrongValue_isNamedByItsPath(String fields, String field) {
    assertRefused(field, () -> read(fields));
  }
}
