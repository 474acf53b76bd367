package dev.candor.protocol.serve;

import static dev.candor.protocol.serve.Answers.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class MessagesWriterTest {
  private final StringBuilder out = new StringBuilder();
  private final AnswerWriter writer = Answers.writer(Dialect.MESSAGES);

  @Test
  void stream_allKinds_eventsInTheirOrder() {
    List<StreamEvent> events = Answers.ofAllKinds(writer);
    assertThat(StreamEvent.names(events))
        .containsExactly(
            "message_start",
            "content_block_start",
            "ping",
            "content_block_delta",
            "content_block_delta",
            "content_block_stop",
            "content_block_start",
            "content_block_delta",
            "content_block_delta",
            "content_block_stop",
            "content_block_start",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop");
    assertThat(events.get(3).text("/delta/type")).isEqualTo("thinking_delta");
    assertThat(events.get(4).text("/delta/type")).isEqualTo("signature_delta");
    assertThat(events.get(7).text("/delta/type")).isEqualTo("text_delta");
    assertThat(events.get(11).text("/delta/type")).isEqualTo("input_json_delta");
    assertThat(events.get(10).data().path("content_block").toString())
        .isEqualTo("{\"type\":\"tool_use\",\"id\":\"toolu_9\",\"name\":\"f\",\"input\":{}}");
    assertThat(events.subList(10, 13))
        .allSatisfy(event -> assertThat(event.data().path("index").intValue()).isEqualTo(2));
  }

  @Test
  void stream_usage_countsCachedTokensApartAndOutputAtTheEnd() {
    writer.open(USAGE, out);
    writer.close(Finish.STOP, USAGE, out);
    List<StreamEvent> events = StreamEvent.of(out);
    assertThat(events.getFirst().data().at("/message/usage").toString())
        .isEqualTo(
            "{\"input_tokens\":6,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":4,\"output_tokens\":1}");
    assertThat(events.get(1).data().at("/usage/output_tokens").intValue()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({"STOP,end_turn", "LENGTH,max_tokens", "TOOL_CALLS,tool_use"})
  void finish_hasAnthropicsName(Finish finish, String reason) {
    writer.close(finish, USAGE, out);
    assertThat(StreamEvent.of(out).getFirst().text("/delta/stop_reason")).isEqualTo(reason);
    String whole = writer.whole(List.of(), finish, USAGE);
    assertThat(JsonMapper.shared().readTree(whole).path("stop_reason").stringValue())
        .isEqualTo(reason);
  }

  @Test
  void whole_argumentsCutShort_areAnEmptyInput() {
    String whole =
        writer.whole(
            List.of(
                new Piece(PieceKind.REASONING, "hm"),
                new Piece(PieceKind.TOOL_ARGUMENTS, "{\"a\":\"unfin")),
            Finish.LENGTH,
            USAGE);
    JsonNode content = JsonMapper.shared().readTree(whole).path("content");
    assertThat(content.at("/0/signature").stringValue()).isNotEmpty();
    assertThat(content.at("/1/input").toString()).isEqualTo("{}");
  }
}
