package dev.candor.protocol.serve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes Anthropic messages. <b>For one thread.</b> */
final class MessagesWriter implements AnswerWriter {
  private static final String PING = "event: ping\ndata: {\"type\":\"ping\"}\n\n";

  private final String messageHead;
  private final String signature;
  private final String toolUse;
  private @Nullable PieceKind open;
  private DeltaFrame delta = new DeltaFrame("", "");
  private int blocks;

  MessagesWriter(AnswerIdentity identity, GenerationRequest request) {
    messageHead =
        "{\"id\":%s,\"type\":\"message\",\"role\":\"assistant\",\"model\":%s,"
            .formatted(
                JsonStrings.quoted("msg_" + identity.suffix()),
                JsonStrings.quoted(identity.model()));
    byte[] signed = ("candor " + identity.suffix()).getBytes(StandardCharsets.UTF_8);
    signature = Base64.getEncoder().encodeToString(signed);
    toolUse =
        "{\"type\":\"tool_use\",\"id\":%s,\"name\":%s,\"input\":"
            .formatted(
                JsonStrings.quoted("toolu_" + identity.suffix()),
                JsonStrings.quoted(request.tool() == null ? "" : request.tool().name()));
  }

  @Override
  public void open(@Nullable TokenUsage usage, StringBuilder out) {
    String message = messageHead + "\"content\":[],\"stop_reason\":null,\"stop_sequence\":null";
    event("message_start", "\"message\":" + message + usage(begun(usage)) + "}", out);
  }

  /** Anthropic counts one token of output as soon as there is an answer at all. */
  private static @Nullable TokenUsage begun(@Nullable TokenUsage usage) {
    return usage == null
        ? null
        : new TokenUsage(
            usage.promptTokens(), usage.cachedTokens(), usage.cacheWriteTokens(), 1, 0);
  }

  @Override
  public void piece(PieceKind kind, String text, StringBuilder out) {
    if (open != kind) {
      closeBlock(out);
      openBlock(kind, out);
    }
    delta.append(text, out);
  }

  private void openBlock(PieceKind kind, StringBuilder out) {
    open = kind;
    event(
        "content_block_start",
        "\"index\":" + blocks + ",\"content_block\":" + block(kind, "", "", "{}"),
        out);
    if (blocks == 0) {
      out.append(PING);
    }
    delta =
        new DeltaFrame(
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":"
                + blocks
                + ",\"delta\":"
                + deltaHead(kind),
            "\"}}\n\n");
  }

  private static String deltaHead(PieceKind kind) {
    return switch (kind) {
      case REASONING -> "{\"type\":\"thinking_delta\",\"thinking\":\"";
      case TEXT -> "{\"type\":\"text_delta\",\"text\":\"";
      case TOOL_ARGUMENTS -> "{\"type\":\"input_json_delta\",\"partial_json\":\"";
    };
  }

  private void closeBlock(StringBuilder out) {
    if (open == null) {
      return;
    }
    if (open == PieceKind.REASONING) {
      event(
          "content_block_delta",
          "\"index\":%s,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"%s\"}"
              .formatted(blocks, signature),
          out);
    }
    event("content_block_stop", "\"index\":" + blocks, out);
    blocks++;
    open = null;
  }

  @Override
  public void close(Finish finish, @Nullable TokenUsage usage, StringBuilder out) {
    closeBlock(out);
    String delta = "\"delta\":{" + stop(finish) + "}";
    event("message_delta", delta + usage(usage), out);
    out.append("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
  }

  @Override
  public String whole(List<Piece> pieces, Finish finish, @Nullable TokenUsage usage) {
    List<String> content = new ArrayList<>();
    for (Piece piece : pieces) {
      content.add(block(piece.kind(), piece.text(), signature, piece.text()));
    }
    return messageHead
        + "\"content\":["
        + String.join(",", content)
        + "],"
        + stop(finish)
        + usage(usage)
        + "}";
  }

  private String block(PieceKind kind, String text, String signature, String input) {
    return switch (kind) {
      case REASONING ->
          "{\"type\":\"thinking\",\"thinking\":%s,\"signature\":\"%s\"}"
              .formatted(JsonStrings.quoted(text), signature);
      case TEXT -> "{\"type\":\"text\",\"text\":" + JsonStrings.quoted(text) + "}";
      // Arguments that a limit cut short are no JSON.
      case TOOL_ARGUMENTS -> toolUse + (isObject(input) ? input : "{}") + "}";
    };
  }

  private static boolean isObject(String json) {
    try {
      RequestBody.read(json.getBytes(StandardCharsets.UTF_8), (_, _) -> {});
      return true;
    } catch (InvalidRequestException e) {
      return false;
    }
  }

  private static String stop(Finish finish) {
    String reason =
        switch (finish) {
          case STOP -> "end_turn";
          case LENGTH -> "max_tokens";
          case TOOL_CALLS -> "tool_use";
        };
    return "\"stop_reason\":\"" + reason + "\",\"stop_sequence\":null";
  }

  /** Anthropic counts tokens of the cache apart from the others of the input. */
  private static String usage(@Nullable TokenUsage usage) {
    return usage == null
        ? ""
        : ",\"usage\":{\"input_tokens\":%s,\"cache_creation_input_tokens\":%s,\"cache_read_input_tokens\":%s,\"output_tokens\":%s}"
            .formatted(
                usage.promptTokens() - usage.cachedTokens() - usage.cacheWriteTokens(),
                usage.cacheWriteTokens(),
                usage.cachedTokens(),
                usage.outputTokens());
  }

  private static void event(String type, String fields, StringBuilder out) {
    out.append("event: ")
        .append(type)
        .append("\ndata: {\"type\":\"")
        .append(type)
        .append("\",")
        .append(fields)
        .append("}\n\n");
  }

  @Override
  public void ping(StringBuilder out) {
    out.append(PING);
  }

  @Override
  public void errorFrame(ServiceError error, StringBuilder out) {
    out.append("event: error\ndata: {").append(AnthropicBodies.errorFields(error)).append("}\n\n");
  }
}
