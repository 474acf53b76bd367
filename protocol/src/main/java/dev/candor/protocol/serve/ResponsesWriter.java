package dev.candor.protocol.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes OpenAI responses. A stream repeats at its end what it said, so the text is kept until
 * then. <b>For one thread.</b>
 */
final class ResponsesWriter implements AnswerWriter {
  private final AnswerIdentity identity;
  private final @Nullable ToolDefinition tool;
  private final String responseHead;
  private final String responseTail;
  private final StringBuilder output = new StringBuilder();
  private @Nullable ResponseItem item;
  private DeltaFrame delta = new DeltaFrame("", "");
  private int items;
  private int sequence;

  ResponsesWriter(AnswerIdentity identity, GenerationRequest request) {
    this.identity = identity;
    tool = request.tool();
    responseHead =
        "{\"id\":%s,\"object\":\"response\",\"created_at\":%s,\"model\":%s,"
            .formatted(
                JsonStrings.quoted("resp_" + identity.suffix()),
                identity.createdSeconds(),
                JsonStrings.quoted(identity.model()));
    responseTail =
        """
        ,"error":null,"instructions":null,"max_output_tokens":%s,"metadata":{},\
        "parallel_tool_calls":true,"previous_response_id":null,\
        "reasoning":{"effort":null,"summary":null},"store":false,"temperature":1.0,\
        "text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],"top_p":1.0,\
        "truncation":"disabled","user":null}"""
            .formatted(request.maxTokens() == 0 ? "null" : request.maxTokens());
  }

  @Override
  public void open(@Nullable TokenUsage usage, StringBuilder out) {
    String begun = "\"response\":" + response("in_progress", null);
    event("response.created", begun, out);
    event("response.in_progress", begun, out);
  }

  @Override
  public void piece(PieceKind kind, String text, StringBuilder out) {
    ResponseItem current = item;
    if (current == null || current.kind() != kind) {
      closeItem("completed", out);
      current = begin(kind);
      current.open((type, fields) -> event(type, fields, out));
      delta = current.delta();
    }
    current.add(text);
    delta.append(text, out);
    out.append(sequence++).append("}\n\n");
  }

  private ResponseItem begin(PieceKind kind) {
    ResponseItem begun = new ResponseItem(kind, identity, tool, items++);
    item = begun;
    return begun;
  }

  private void closeItem(String status, StringBuilder out) {
    if (item != null) {
      item.close(status, (type, fields) -> event(type, fields, out));
      end(item, status);
    }
  }

  private void end(ResponseItem ended, String status) {
    output.append(output.isEmpty() ? "" : ",").append(ended.json(status));
    item = null;
  }

  @Override
  public void close(Finish finish, @Nullable TokenUsage usage, StringBuilder out) {
    String status = status(finish);
    closeItem(status, out);
    event("response." + status, "\"response\":" + response(status, usage), out);
  }

  @Override
  public String whole(List<Piece> pieces, Finish finish, @Nullable TokenUsage usage) {
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      ResponseItem whole = begin(piece.kind());
      whole.add(piece.text());
      end(whole, i == pieces.size() - 1 ? status(finish) : "completed");
    }
    return response(status(finish), usage);
  }

  private static String status(Finish finish) {
    return switch (finish) {
      case STOP, TOOL_CALLS -> "completed";
      case LENGTH -> "incomplete";
    };
  }

  private String response(String status, @Nullable TokenUsage usage) {
    String details = status.equals("incomplete") ? "{\"reason\":\"max_output_tokens\"}" : "null";
    return responseHead
        + "\"status\":\""
        + status
        + "\",\"incomplete_details\":"
        + details
        + ",\"output\":["
        + output
        + "],\"usage\":"
        + (usage == null ? "null" : usage(usage))
        + responseTail;
  }

  private static String usage(TokenUsage usage) {
    return "{\"input_tokens\":%s,\"input_tokens_details\":{\"cached_tokens\":%s,\"cache_write_tokens\":0},\"output_tokens\":%s,\"output_tokens_details\":{\"reasoning_tokens\":%s},\"total_tokens\":%s}"
        .formatted(
            usage.promptTokens(),
            usage.cachedTokens(),
            usage.outputTokens(),
            usage.reasoningTokens(),
            usage.totalTokens());
  }

  private void event(String type, String fields, StringBuilder out) {
    out.append("event: ")
        .append(type)
        .append("\ndata: {\"type\":\"")
        .append(type)
        .append("\",")
        .append(fields)
        .append(",\"sequence_number\":")
        .append(sequence++)
        .append("}\n\n");
  }

  @Override
  public void ping(StringBuilder out) {
    out.append(OpenAiBodies.PING);
  }

  @Override
  public void errorFrame(ServiceError error, StringBuilder out) {
    String fields =
        "\"code\":%s,\"message\":%s,\"param\":null"
            .formatted(
                JsonStrings.quoted(OpenAiBodies.type(error)), JsonStrings.quoted(error.message()));
    event("error", fields, out);
  }
}
