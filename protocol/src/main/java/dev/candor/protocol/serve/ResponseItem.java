package dev.candor.protocol.serve;

import org.jspecify.annotations.Nullable;

/**
 * One output item of OpenAI's responses: thoughts, a message or a function call. <b>For one
 * thread.</b>
 */
final class ResponseItem {
  private final PieceKind kind;
  private final String id;
  private final String callId;
  private final String tool;
  private final String place;
  private final int index;

  /** The text so far, escaped. */
  private final StringBuilder text = new StringBuilder();

  ResponseItem(PieceKind kind, AnswerIdentity identity, @Nullable ToolDefinition tool, int index) {
    this.kind = kind;
    this.index = index;
    this.tool = JsonStrings.quoted(tool == null ? "" : tool.name());
    callId = JsonStrings.quoted("call_" + identity.suffix());
    String prefix =
        switch (kind) {
          case REASONING -> "rs_";
          case TEXT -> "msg_";
          case TOOL_ARGUMENTS -> "fc_";
        };
    id = JsonStrings.quoted(prefix + identity.suffix() + "_" + index);
    String part =
        switch (kind) {
          case REASONING -> ",\"summary_index\":0";
          case TEXT -> ",\"content_index\":0";
          case TOOL_ARGUMENTS -> "";
        };
    place = "\"item_id\":" + id + ",\"output_index\":" + index + part;
  }

  PieceKind kind() {
    return kind;
  }

  /** An item in full, or as far as it got. */
  String json(String status) {
    return json(status, part(), text);
  }

  private String json(String status, String part, CharSequence arguments) {
    return switch (kind) {
      case REASONING -> "{\"id\":" + id + ",\"type\":\"reasoning\",\"summary\":[" + part + "]}";
      case TEXT ->
          "{\"id\":%s,\"type\":\"message\",\"status\":\"%s\",\"role\":\"assistant\",\"content\":[%s]}"
              .formatted(id, status, part);
      case TOOL_ARGUMENTS ->
          "{\"id\":%s,\"type\":\"function_call\",\"status\":\"%s\",\"call_id\":%s,\"name\":%s,\"arguments\":\"%s\"}"
              .formatted(id, status, callId, tool, arguments);
    };
  }

  private String part() {
    return switch (kind) {
      case REASONING -> "{\"type\":\"summary_text\",\"text\":\"" + text + "\"}";
      case TEXT ->
          "{\"type\":\"output_text\",\"text\":\"" + text + "\",\"annotations\":[],\"logprobs\":[]}";
      case TOOL_ARGUMENTS -> "";
    };
  }

  /** Of the events of the text. */
  private String textEvent() {
    return switch (kind) {
      case REASONING -> "response.reasoning_summary_text";
      case TEXT -> "response.output_text";
      case TOOL_ARGUMENTS -> "response.function_call_arguments";
    };
  }

  /** Of the events of the part that holds the text. */
  private String partEvent() {
    return kind == PieceKind.REASONING
        ? "response.reasoning_summary_part"
        : "response.content_part";
  }

  private String partFields() {
    return place + ",\"part\":" + part();
  }

  private boolean hasPart() {
    return kind != PieceKind.TOOL_ARGUMENTS;
  }

  /** Writes the events that begin the item. */
  void open(EventSink events) {
    String item = json("in_progress", "", "");
    events.event("response.output_item.added", "\"output_index\":" + index + ",\"item\":" + item);
    if (hasPart()) {
      events.event(partEvent() + ".added", partFields());
    }
  }

  /** The frame of an event with more text, but for its sequence number and its end. */
  DeltaFrame delta() {
    String type = textEvent() + ".delta";
    String logprobs = kind == PieceKind.TEXT ? ",\"logprobs\":[]" : "";
    return new DeltaFrame(
        "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + place + ",\"delta\":\"",
        "\"" + logprobs + ",\"sequence_number\":");
  }

  void add(String more) {
    JsonStrings.append(more, text);
  }

  /** Writes the events that end the item. */
  void close(String status, EventSink events) {
    String done =
        switch (kind) {
          case REASONING -> ",\"text\":\"" + text + "\"";
          case TEXT -> ",\"text\":\"" + text + "\",\"logprobs\":[]";
          case TOOL_ARGUMENTS -> ",\"name\":" + tool + ",\"arguments\":\"" + text + "\"";
        };
    events.event(textEvent() + ".done", place + done);
    if (hasPart()) {
      events.event(partEvent() + ".done", partFields());
    }
    events.event(
        "response.output_item.done", "\"output_index\":" + index + ",\"item\":" + json(status));
  }

  /** Takes the events of an item. */
  interface EventSink {
    void event(String type, String fields);
  }
}
