package dev.candor.protocol.serve;

import static dev.candor.protocol.serve.Answers.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ResponsesWriterTest {
  private final StringBuilder out = new StringBuilder();
  private final AnswerWriter writer = Answers.writer(Dialect.RESPONSES);

  @Test
  void stream_allKinds_eventsInTheirOrder() {
    List<StreamEvent> events = Answers.ofAllKinds(writer);
    assertThat(StreamEvent.names(events))
        .containsExactly(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.reasoning_summary_part.added",
            "response.reasoning_summary_text.delta",
            "response.reasoning_summary_text.done",
            "response.reasoning_summary_part.done",
            "response.output_item.done",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.output_item.added",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "response.output_item.done",
            "response.completed");
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).data().path("sequence_number").intValue()).isEqualTo(i);
    }
    assertThat(events.get(12).text("/text")).isEqualTo("ab");
    assertThat(events.get(12).data().path("output_index").intValue()).isEqualTo(1);
    assertThat(events.get(12).text("/item_id")).isEqualTo(events.get(8).text("/item/id"));
  }

  @Test
  void stream_end_repeatsWhatTheItemsWere() {
    writer.open(USAGE, out);
    writer.piece(PieceKind.TEXT, "a", out);
    writer.piece(PieceKind.TOOL_ARGUMENTS, "{}", out);
    writer.close(Finish.TOOL_CALLS, USAGE, out);
    List<StreamEvent> events = StreamEvent.of(out);
    JsonNode response = events.getLast().data().path("response");
    assertThat(out).doesNotContain("[DONE]");
    List<JsonNode> items =
        events.stream()
            .filter(event -> event.name().equals("response.output_item.done"))
            .map(event -> event.data().path("item"))
            .toList();
    assertThat(response.path("output")).containsExactlyElementsOf(items);
    assertThat(response.path("usage").toString())
        .isEqualTo(
            "{\"input_tokens\":10,\"input_tokens_details\":{\"cached_tokens\":4,\"cache_write_tokens\":0},"
                + "\"output_tokens\":8,\"output_tokens_details\":{\"reasoning_tokens\":2},\"total_tokens\":18}");
    String whole =
        Answers.writer(Dialect.RESPONSES)
            .whole(
                List.of(new Piece(PieceKind.TEXT, "a"), new Piece(PieceKind.TOOL_ARGUMENTS, "{}")),
                Finish.TOOL_CALLS,
                USAGE);
    assertThat(JsonMapper.shared().readTree(whole)).isEqualTo(response);
  }

  @Test
  void close_atTheLimit_isIncomplete() {
    writer.open(USAGE, out);
    writer.piece(PieceKind.TEXT, "a", out);
    writer.close(Finish.LENGTH, null, out);
    StreamEvent last = StreamEvent.of(out).getLast();
    assertThat(last.name()).isEqualTo("response.incomplete");
    assertThat(last.text("/response/status")).isEqualTo("incomplete");
    assertThat(last.text("/response/incomplete_details/reason")).isEqualTo("max_output_tokens");
    assertThat(last.text("/response/output/0/status")).isEqualTo("incomplete");
    assertThat(last.data().at("/response/usage").isNull()).isTrue();
  }
}
