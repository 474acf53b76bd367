package dev.candor.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.protocol.body.ErrorBody;
import dev.candor.protocol.body.HeardResponse;
import dev.candor.protocol.body.WholeReader;
import dev.candor.protocol.json.JsonText;
import dev.candor.protocol.request.ChatMessage;
import dev.candor.protocol.request.RequestSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole bodies: the answer in one piece, the error, the request. */
final class ChatBodiesTest {
  private final WholeReader reader = new WholeReader(ChatScanner.ofAnswers(), 1000);

  @Test
  void end_answer_tellsAllOnce() {
    byte[] body =
        ("{\"choices\":[{\"message\":{\"content\":\"h\u00e9\\n\"},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}")
            .getBytes(UTF_8);
    for (int cut = 0; cut <= body.length; cut++) {
      assertThat(HeardResponse.of(reader, body, cut))
          .containsExactly("text ANSWER h\u00e9\n", "usage 3 -1 2 -1", "finish stop", "done");
    }
  }

  @Test
  void end_noAnswer_isErrorOrMalformed() {
    assertThat(HeardResponse.of(reader, "{\"error\":{\"code\":\"c\",\"message\":\"m\"}}"))
        .containsExactly("error c m");
    for (String body : List.of("", "{}", "<html>", "{\"choices\":", "[]")) {
      assertThat(HeardResponse.of(reader, body))
          .singleElement()
          .asString()
          .startsWith("malformed ");
    }
    assertThat(HeardResponse.of(reader, "x".repeat(1001)))
        .containsExactly("oversized an answer of over 1000 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"error\":{\"code\":\"c\",\"message\":\"m\"}}|c: m",
        "{\"error\":{\"code\":404,\"message\":\"m\",\"type\":\"t\"}}|404: m",
        "{\"error\":{\"code\":null,\"message\":\"m\",\"type\":\"t\"}}|t: m",
        "{\"error\":\"m\"}|m",
        "[{\"error\":{\"code\":429,\"message\":\"m\"}}]|429: m",
        "{\"detail\":\"Not Found\"}|Not Found",
        "{\"detail\":[{\"loc\":[\"body\",\"n\",0],\"msg\":\"m\"}]}|body.n.0: m",
        "plain  text|plain text",
        "{\"a\":1}|{\"a\":1}",
        "{\"a\":|{\"a\":",
        "<html>x</html>|HTML (\"<html>x</html>\")",
        "``|an empty body"
      })
  void describe_body_isOneLine(String body, String said) {
    assertThat(ErrorBody.describe(body.getBytes(UTF_8))).isEqualTo(said);
  }

  @Test
  void encode_fields_inOrderAndOverridden() {
    var settings =
        new RequestSettings("m", true, true, true, "max_tokens", Map.of("ignore_eos", 0));
    assertThat(encoded(settings, 5))
        .isEqualTo(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"h\u00e9\\\"\"}],"
                + "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"max_tokens\":5,"
                + "\"ignore_eos\":0}");
    var plain = new RequestSettings("m", false, true, false, "max_tokens", Map.of());
    assertThat(encoded(plain, 0))
        .isEqualTo(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"h\u00e9\\\"\"}],"
                + "\"stream\":false}");
  }

  @Test
  void encoder_valueWithoutJsonForm_isUserError() {
    var settings =
        new RequestSettings(
            "m", true, true, false, "max_tokens", Map.of("a", Map.of("b", Double.NaN)));
    assertThatThrownBy(() -> OpenAiRequests.chat(settings))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("a.b")
        .hasMessageContaining("NaN");
  }

  @Test
  void decode_escapes_resolved() {
    byte[] raw = "x\\\\ud83d\\ude80\\u00e9\\ud83d\\uDE80\\t\\/\\q\\u12".getBytes(UTF_8);
    assertThat(JsonText.decode(raw, 1, raw.length - 1))
        .isEqualTo("\\ud83d\ude80\u00e9\ud83d\ude80\t/\\q\\u12");
  }

  private static String encoded(RequestSettings settings, int maxTokens) {
    List<ChatMessage> messages = List.of(new ChatMessage("user", "h\u00e9\""));
    return new String(OpenAiRequests.chat(settings).encode(messages, maxTokens), UTF_8);
  }
}
