package dev.candor.protocol.serve;

import static dev.candor.protocol.serve.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What official clients put into a chat request, and what nobody should. */
final class ChatReaderTest {
  private static final String TOOLS =
      """
      "tools":[{"type":"custom","custom":{"name":"free"}},
               {"type":"function","function":{"name":"first"}},
               {"type":"function","function":{"name":"second","parameters":{ "type" : "object" }}}]
      """;
  private static final String ASKED = "\"messages\":[{\"role\":\"user\",\"content\":\"go\"}]";

  private static GenerationRequest read(String body) {
    return Dialect.CHAT.read(body.getBytes(UTF_8));
  }

  @Test
  void read_everyKindOfField_takesItsOwnOnly() {
    GenerationRequest request =
        read(
            """
            {"model":"m","temperature":0.2,"top_p":null,"n":1,"seed":42,"logprobs":false,
             "stop":["a","b"],"logit_bias":{"50256":-100},"metadata":{"messages":"x","model":"y"},
             "response_format":{"type":"json_schema","json_schema":{"name":"s","schema":
               {"type":"object","properties":{"max_tokens":{"type":"integer"}}}}},
             "messages":[
               {"role":"developer","content":"one"},
               {"role":"user","name":"nobody","content":[
                 {"type":"text","text":"two"},
                 {"type":"image_url","image_url":{"url":"data:image/png;base64,AA==","detail":"low"}},
                 {"type":"text","text":"three"}]},
               {"role":"assistant","content":null,"refusal":null,"tool_calls":[
                 {"id":"c","type":"function","function":{"name":"f","arguments":"{\\"x\\":1}"}}]},
               {"content":"four","tool_call_id":"c","role":"tool"}],
             "tools":[{"type":"function","function":{"name":"f","description":"does",
               "parameters":{"type": "object"}}}],
             "tool_choice":{"type":"function","function":{"name":"f"}},
             "max_completion_tokens":7,"max_tokens":null,"reasoning_effort":"medium",
             "stream":true,"stream_options":{"include_obfuscation":false,"include_usage":true},
             "ignore_eos":true}
            """);
    assertThat(request.model()).isEqualTo("m");
    assertThat(request.prompt())
        .containsExactly(
            new PromptPart("tool", "f: does\n{\"type\":\"object\"}"),
            new PromptPart("system", "one"),
            new PromptPart("user", "two"),
            new PromptPart("user", "three"),
            new PromptPart("assistant", "f"),
            new PromptPart("assistant", "{\"x\":1}"),
            new PromptPart("tool", "four"));
    assertThat(request.maxTokens()).isEqualTo(7);
    assertThat(request.stream()).isTrue();
    assertThat(request.includeUsage()).isTrue();
    assertThat(request.ignoreEos()).isTrue();
    assertThat(request.tool()).isEqualTo(new ToolDefinition("f", "{\"type\":\"object\"}"));
    assertThat(request.toolForced()).isTrue();
    assertThat(request.reasoningTokens()).isEqualTo(64);
  }

  @Test
  void read_nulls_countAsAbsent() {
    GenerationRequest request =
        read(
            """
            {"model":null,"stream":null,"stream_options":null,"ignore_eos":null,"n":null,
             "tools":null,"tool_choice":null,"reasoning_effort":null,"max_tokens":null,"messages":[]}
            """);
    assertThat(request)
        .isEqualTo(
            new GenerationRequest("", List.of(), 0, false, false, false, false, null, false, 0));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``, first, false",
        "`,\"tool_choice\":\"auto\"`, first, false",
        "`,\"tool_choice\":\"none\"`, , false",
        "`,\"tool_choice\":\"required\"`, first, true",
        "`,\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"second\"}}`, second, true",
        "`,\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\"}}`, first, true",
        "`,\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\"}}`, first, false",
      })
  void read_toolChoice_decidesWhichToolIsCalled(String choice, String called, boolean forced) {
    GenerationRequest request = read("{" + ASKED + choice + "," + TOOLS + "}");
    assertThat(request.tool() == null ? null : request.tool().name()).isEqualTo(called);
    assertThat(request.toolForced()).isEqualTo(forced);
  }

  @Test
  void read_afterAToolsResult_answersInText() {
    String messages =
        """
        "messages":[{"role":"user","content":"go"},{"role":"tool","content":"42"}]
        """;
    assertThat(read("{" + messages + "," + TOOLS + "}").tool()).isNull();
    assertThat(read("{" + messages + ",\"tool_choice\":\"required\"," + TOOLS + "}").tool())
        .isNotNull();
  }

  @Test
  void read_aToolThatIsNotThere_namesThoseThatAre() {
    assertThatThrownBy(
            () ->
                read(
                    "{"
                        + ASKED
                        + ",\"tool_choice\":{\"function\":{\"name\":\"x\"}},"
                        + TOOLS
                        + "}"))
        .hasMessage("'tool_choice': found \"x\", must be one of 'tools': first, second");
    assertRefused("tool_choice", () -> read("{" + ASKED + ",\"tool_choice\":\"required\"}"));
  }

  @ParameterizedTest
  @CsvSource({"max_tokens,1", "max_tokens,1000000", "max_completion_tokens,256"})
  void read_answerLength_inRange(String field, int tokens) {
    assertThat(read("{\"messages\":[],\"%s\":%d}".formatted(field, tokens)).maxTokens())
        .isEqualTo(tokens);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "1000001",
        "2147483648",
        "99999999999999999999999999999999999999999999999999999999",
        "1.5",
        "\"100\"",
        "true",
        "{\"a\":1}",
        "[1]"
      })
  void read_absurdAnswerLength_namesTheField(String tokens) {
    for (String field : new String[] {"max_tokens", "max_completion_tokens"}) {
      assertThatThrownBy(() -> read("{\"messages\":[],\"%s\":%s}".formatted(field, tokens)))
          .hasMessageContaining("from 1 to 1000000");
      assertRefused(field, () -> read("{\"messages\":[],\"%s\":%s}".formatted(field, tokens)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"messages\":\"a\"} | messages",
        "{\"messages\":null} | messages",
        "{\"model\":\"m\"} | messages",
        "{\"messages\":[],\"model\":{\"id\":\"m\"}} | model",
        "{\"messages\":[],\"stream\":1} | stream",
        "{\"messages\":[],\"stream_options\":[]} | stream_options",
        "{\"messages\":[],\"stream_options\":{\"include_usage\":\"yes\"}} | stream_options.include_usage",
        "{\"messages\":[],\"n\":2} | n",
        "{\"messages\":[],\"reasoning_effort\":\"huge\"} | reasoning_effort",
        "{\"messages\":[],\"tools\":[{\"type\":\"function\",\"function\":{}}]} | tools[0].name",
        "{\"messages\":[],\"tools\":[{\"function\":{\"name\":\"f\",\"parameters\":[]}}]} | tools[0].function.parameters",
        "{\"messages\":[],\"tool_choice\":\"some\"} | tool_choice",
        "{\"messages\":[{\"content\":\"a\"}]} | messages[0].role",
        "{\"messages\":[{\"role\":\"user\"},{\"role\":\"king\"}]} | messages[1].role",
        "{\"messages\":[{\"role\":\"user\",\"content\":1}]} | messages[0].content",
        "{\"messages\":[{\"role\":\"user\",\"content\":{}}]} | messages[0].content",
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":[]}]}]} | messages[0].content[0].text",
        "{\"messages\":[1]} | messages[0]",
      })
  void read_aWrongValue_isNamedByItsPath(String body, String field) {
    assertRefused(field, () -> read(body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{\"messages\":[",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]",
        "{\"messages\":[]} {}",
        "{\"messages\":[],\"x\":01}",
        "<html>"
      })
  void read_notAJsonObject_saysSo(String body) {
    assertThatThrownBy(() -> read(body))
        .hasMessageStartingWith("the body ")
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidRequestException.class))
        .extracting(InvalidRequestException::field)
        .isNull();
  }

  @Test
  void read_textCutWithinACharacter_isInvalid() {
    byte[] whole = "{\"messages\":[],\"model\":\"é".getBytes(UTF_8);
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    assertThatThrownBy(() -> Dialect.CHAT.read(cut)).isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void read_deepNesting_isInvalid() {
    assertThatThrownBy(() -> read("{\"messages\":[],\"x\":" + "[".repeat(100_000)))
        .isInstanceOf(InvalidRequestException.class);
  }
}
