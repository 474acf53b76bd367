package dev.candor.protocol.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import dev.candor.protocol.anthropic.MessageRequests;
import dev.candor.protocol.generic.GenericRequests;
import dev.candor.protocol.ollama.OllamaRequests;
import dev.candor.protocol.openai.OpenAiRequests;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RequestsTest {
  private static final List<ChatMessage> MESSAGES =
      List.of(new ChatMessage("system", "be \"brief\""), new ChatMessage("user", "h\u00e9\n"));

  private static RequestSettings settings(Map<String, Object> extra) {
    return new RequestSettings("m", true, true, false, "max_completion_tokens", extra);
  }

  private static String written(RequestEncoder encoder, int maxTokens) {
    return new String(encoder.encode(MESSAGES, maxTokens), UTF_8);
  }

  @Test
  void encode_openAi_inItsFields() {
    RequestSettings settings = settings(Map.of("user", "u"));
    assertThat(written(OpenAiRequests.completions(settings), 5))
        .isEqualTo(
            "{\"model\":\"m\",\"prompt\":\"be \\\"brief\\\"\\n\\nh\u00e9\\n\",\"stream\":true,"
                + "\"stream_options\":{\"include_usage\":true},\"max_tokens\":5,\"user\":\"u\"}");
    assertThat(written(OpenAiRequests.responses(settings), 5))
        .isEqualTo(
            "{\"model\":\"m\",\"input\":[{\"role\":\"system\",\"content\":\"be \\\"brief\\\"\"},"
                + "{\"role\":\"user\",\"content\":\"h\u00e9\\n\"}],\"stream\":true,\"store\":false,"
                + "\"max_output_tokens\":5,\"user\":\"u\"}");
    assertThat(written(OpenAiRequests.embeddings(settings), 5))
        .isEqualTo(
            "{\"model\":\"m\",\"input\":\"be \\\"brief\\\"\\n\\nh\u00e9\\n\",\"user\":\"u\"}");
  }

  @Test
  void encode_messages_hasSystemApart_andAlwaysALimit() {
    assertThat(written(MessageRequests.messages(settings(Map.of())), 0))
        .isEqualTo(
            "{\"model\":\"m\",\"max_tokens\":4096,\"system\":\"be \\\"brief\\\"\",\"messages\":"
                + "[{\"role\":\"user\",\"content\":\"h\u00e9\\n\"}],\"stream\":true}");
  }

  @Test
  void encode_ollama_hasItsLimitAmongTheOptions() {
    assertThat(written(OllamaRequests.chat(settings(Map.of("options", Map.of("seed", 1)))), 5))
        .endsWith("\"stream\":true,\"options\":{\"num_predict\":5,\"seed\":1}}");
    assertThat(written(OllamaRequests.generate(settings(Map.of())), 0))
        .isEqualTo(
            "{\"model\":\"m\",\"system\":\"be \\\"brief\\\"\",\"prompt\":\"h\u00e9\\n\",\"stream\":true}");
    assertThat(
            written(
                OllamaRequests.generate(settings(Map.of("options", Map.of("num_predict", 9)))), 5))
        .endsWith("\"options\":{\"num_predict\":9}}");
  }

  @Test
  void encode_template_escapesByItsContentType() {
    assertThat(
            written(
                new GenericRequests(
                    "{\"q\":\"{{prompt}}\",\"m\":\"{{ model }}\",\"n\":{{max_tokens}},\"a\":{{messages}}}",
                    "application/json",
                    "m\"1"),
                5))
        .isEqualTo(
            "{\"q\":\"be \\\"brief\\\"\\n\\nh\u00e9\\n\",\"m\":\"m\\\"1\",\"n\":5,\"a\":"
                + "[{\"role\":\"system\",\"content\":\"be \\\"brief\\\"\"},"
                + "{\"role\":\"user\",\"content\":\"h\u00e9\\n\"}]}");
    assertThat(
            written(
                new GenericRequests(
                    "q={{prompt}}&n={{max_tokens}}", "application/x-www-form-urlencoded", "m"),
                0))
        .isEqualTo("q=be+%22brief%22%0A%0Ah%C3%A9%0A&n=null");
    assertThat(written(new GenericRequests("{{prompt}}", "text/plain", "m"), 0))
        .isEqualTo("be \"brief\"\n\nh\u00e9\n");
    assertThat(written(new GenericRequests("", "", "m"), 0)).isEmpty();
  }

  @Test
  void template_thatIsNoJson_isUserError() {
    assertThatThrownBy(() -> new GenericRequests("{\"q\": {{prompt}}}", "application/json", "m"))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("stand within quotes");
    assertThatThrownBy(() -> new GenericRequests("{{prom}}", "text/plain", "m"))
        .hasMessageContaining("found {{prom}}");
  }
}
