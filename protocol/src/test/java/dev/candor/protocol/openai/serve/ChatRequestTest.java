package dev.candor.protocol.openai.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What official clients put into a request, and what nobody should. */
final class ChatRequestTest {
  private static ChatRequest read(String body) {
    return ChatRequest.read(body.getBytes(UTF_8));
  }

  @Test
  void read_everyKindOfField_takesItsOwnOnly() {
    ChatRequest request =
        read(
            """
            {"model":"m","temperature":0.2,"top_p":null,"n":1,"seed":42,"logprobs":false,
             "stop":["a","b"],"logit_bias":{"50256":-100},"metadata":{"messages":"x","model":"y"},
             "response_format":{"type":"json_schema","json_schema":{"name":"s","schema":
               {"type":"object","properties":{"max_tokens":{"type":"integer"}}}}},
             "tools":[{"type":"function","function":{"name":"f","description":"content",
               "parameters":{"type":"object","properties":{"stream":{"type":"string"}}}}}],
             "tool_choice":{"type":"function","function":{"name":"f"}},
             "messages":[
               {"role":"system","content":"one"},
               {"role":"user","name":"nobody","content":[
                 {"type":"text","text":"two"},
                 {"type":"image_url","image_url":{"url":"data:image/png;base64,AA==","detail":"low"}},
                 {"type":"text","text":"three"}]},
               {"role":"assistant","content":null,"refusal":null,"tool_calls":[
                 {"id":"c","type":"function","function":{"name":"f","arguments":"{\\"content\\":1}"}}]},
               {"role":"tool","tool_call_id":"c","content":"four"}],
             "max_completion_tokens":7,"max_tokens":null,
             "stream":true,"stream_options":{"include_obfuscation":false,"include_usage":true}}
            """);
    assertThat(request.model()).isEqualTo("m");
    assertThat(request.contents()).containsExactly("one", "two", "three", "four");
    assertThat(request.maxTokens()).isEqualTo(7);
    assertThat(request.stream()).isTrue();
    assertThat(request.includeUsage()).isTrue();
    assertThat(request.ignoreEos()).isFalse();
  }

  @Test
  void read_nullsAndWrongKinds_countAsAbsent() {
    ChatRequest request =
        read(
            """
            {"model":{"id":"m"},"stream":null,"stream_options":null,"ignore_eos":[true],
             "max_tokens":null,"messages":[]}
            """);
    assertThat(request.maxTokens()).isZero();
    assertThat(request.stream()).isFalse();
    assertThat(request.includeUsage()).isFalse();
    assertThat(request.ignoreEos()).isFalse();
    assertThat(request.contents()).isEmpty();
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
          .hasMessageContaining(field)
          .hasMessageContaining("from 1 to 1000000")
          .asInstanceOf(InstanceOfAssertFactories.type(InvalidRequestException.class))
          .extracting(InvalidRequestException::field)
          .isEqualTo(field);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{\"messages\":[",
        "{\"messages\":[{\"content\":\"a\"}]",
        "{\"messages\":\"a\"}",
        "{\"messages\":null}",
        "{\"model\":\"m\"}",
        "<html>"
      })
  void read_notAChatRequest_isInvalid(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(InvalidRequestException.class);
  }
}
