package dev.candor.protocol.serve;

import static dev.candor.protocol.serve.Answers.USAGE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ChatWriterTest {
  private static String delta(StreamEvent event) {
    return event.data().at("/choices/0/delta").toString();
  }

  @Test
  void stream_aToolCall_beginsWithItsName() {
    AnswerWriter writer = Answers.writer(Dialect.CHAT);
    StringBuilder out = new StringBuilder();
    writer.open(USAGE, out);
    writer.piece(PieceKind.REASONING, "hm", out);
    writer.piece(PieceKind.TOOL_ARGUMENTS, "{", out);
    writer.piece(PieceKind.TOOL_ARGUMENTS, "}", out);
    writer.close(Finish.TOOL_CALLS, USAGE, out);
    List<StreamEvent> events = StreamEvent.of(out);
    assertThat(events.stream().limit(6).map(ChatWriterTest::delta))
        .containsExactly(
            "{\"role\":\"assistant\",\"content\":\"\"}",
            "{\"reasoning_content\":\"hm\"}",
            "{\"tool_calls\":[{\"index\":0,\"id\":\"call_9\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}",
            "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\"}}]}",
            "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"}\"}}]}",
            "{}");
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.text("/id")).isEqualTo("chatcmpl-9");
              assertThat(event.text("/object")).isEqualTo("chat.completion.chunk");
              assertThat(event.data().path("created").intValue()).isEqualTo(1_700_000_000);
            });
    assertThat(events.get(4).data().at("/choices/0/finish_reason").isNull()).isTrue();
    assertThat(events.get(5).text("/choices/0/finish_reason")).isEqualTo("tool_calls");
    assertThat(events.get(6).data().path("choices")).isEmpty();
    assertThat(events.get(6).data().path("usage").toString())
        .isEqualTo(
            "{\"prompt_tokens\":10,\"completion_tokens\":8,\"total_tokens\":18,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":4},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":2}}");
    assertThat(events).hasSize(7);
    assertThat(out).endsWith("}\n\ndata: [DONE]\n\n");
  }

  @Test
  void close_usageNotAskedFor_isLeftOut() {
    StringBuilder out = new StringBuilder();
    Answers.writer(Dialect.CHAT, false).close(Finish.LENGTH, USAGE, out);
    assertThat(StreamEvent.of(out)).hasSize(1);
    assertThat(out).contains("\"finish_reason\":\"length\"").doesNotContain("usage");
  }

  @Test
  void whole_aToolCall_hasNoContent() {
    JsonNode body =
        JsonMapper.shared()
            .readTree(
                Answers.writer(Dialect.CHAT, false)
                    .whole(
                        List.of(new Piece(PieceKind.TOOL_ARGUMENTS, "{\"a\":1}")),
                        Finish.TOOL_CALLS,
                        USAGE));
    JsonNode message = body.at("/choices/0/message");
    assertThat(message.path("content").isNull()).isTrue();
    assertThat(message.at("/tool_calls/0/id").stringValue()).isEqualTo("call_9");
    assertThat(message.at("/tool_calls/0/function/arguments").stringValue()).isEqualTo("{\"a\":1}");
    assertThat(body.at("/usage/total_tokens").intValue()).isEqualTo(18);
  }

  @Test
  void completions_echo_beginsWithThePrompt() {
    GenerationRequest request =
        Dialect.COMPLETIONS.read("{\"prompt\":\"once \",\"echo\":true}".getBytes(UTF_8));
    StringBuilder out = new StringBuilder();
    AnswerWriter writer = Dialect.COMPLETIONS.writer(new AnswerIdentity("9", "m", 0), request);
    writer.open(USAGE, out);
    writer.piece(PieceKind.TEXT, "upon", out);
    writer.close(Finish.STOP, USAGE, out);
    List<StreamEvent> events = StreamEvent.of(out);
    assertThat(events.stream().map(event -> event.text("/choices/0/text")))
        .containsExactly("once ", "upon", "");
    assertThat(events.getLast().text("/choices/0/finish_reason")).isEqualTo("stop");
    String whole = writer.whole(List.of(new Piece(PieceKind.TEXT, "upon")), Finish.LENGTH, USAGE);
    assertThat(JsonMapper.shared().readTree(whole).at("/choices/0/text").stringValue())
        .isEqualTo("once upon");
  }
}
