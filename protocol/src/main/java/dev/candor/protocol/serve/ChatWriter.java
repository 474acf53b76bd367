package dev.candor.protocol.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes OpenAI chat completions; reasoning under {@code reasoning_content}, as vLLM and others
 * have it. <b>For one thread.</b>
 */
final class ChatWriter implements AnswerWriter {
  private static final String UNFINISHED = ",\"logprobs\":null,\"finish_reason\":null}]}\n\n";

  private final AnswerIdentity identity;
  private final boolean includeUsage;
  private final String tool;
  private final String head;
  private final String delta;
  private final DeltaFrame text;
  private final DeltaFrame reasoning;
  private final DeltaFrame arguments;
  private boolean callsTool;

  ChatWriter(AnswerIdentity identity, GenerationRequest request) {
    this.identity = identity;
    includeUsage = request.includeUsage();
    tool = request.tool() == null ? "" : request.tool().name();
    head = "data: " + head("chat.completion.chunk");
    delta = head + "\"choices\":[{\"index\":0,\"delta\":{";
    text = new DeltaFrame(delta + "\"content\":\"", "\"}" + UNFINISHED);
    reasoning = new DeltaFrame(delta + "\"reasoning_content\":\"", "\"}" + UNFINISHED);
    arguments =
        new DeltaFrame(
            delta + "\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"",
            "\"}}]}" + UNFINISHED);
  }

  private String head(String object) {
    return "{\"id\":%s,\"object\":\"%s\",\"created\":%s,\"model\":%s,\"system_fingerprint\":\"fp_candor\","
        .formatted(
            JsonStrings.quoted("chatcmpl-" + identity.suffix()),
            object,
            identity.createdSeconds(),
            JsonStrings.quoted(identity.model()));
  }

  @Override
  public void open(@Nullable TokenUsage usage, StringBuilder out) {
    out.append(delta).append("\"role\":\"assistant\",\"content\":\"\"}").append(UNFINISHED);
  }

  @Override
  public void piece(PieceKind kind, String text, StringBuilder out) {
    switch (kind) {
      case REASONING -> reasoning.append(text, out);
      case TEXT -> this.text.append(text, out);
      case TOOL_ARGUMENTS -> {
        if (!callsTool) {
          callsTool = true;
          out.append(delta).append(toolCalls("\"index\":0,", "")).append('}').append(UNFINISHED);
        }
        arguments.append(text, out);
      }
    }
  }

  private String toolCalls(String index, String arguments) {
    return "\"tool_calls\":[{%s\"id\":%s,\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":%s}}]"
        .formatted(
            index,
            JsonStrings.quoted("call_" + identity.suffix()),
            JsonStrings.quoted(tool),
            JsonStrings.quoted(arguments));
  }

  private static String reason(Finish finish) {
    return switch (finish) {
      case STOP -> "stop";
      case LENGTH -> "length";
      case TOOL_CALLS -> "tool_calls";
    };
  }

  @Override
  public void close(Finish finish, @Nullable TokenUsage usage, StringBuilder out) {
    out.append(delta)
        .append("},\"logprobs\":null,\"finish_reason\":\"")
        .append(reason(finish))
        .append("\"}]}\n\n");
    if (includeUsage && usage != null) {
      out.append(head)
          .append("\"choices\":[],")
          .append(OpenAiBodies.usageField(usage))
          .append("}\n\n");
    }
    out.append(OpenAiBodies.DONE);
  }

  @Override
  public String whole(List<Piece> pieces, Finish finish, @Nullable TokenUsage usage) {
    String content = null;
    StringBuilder others = new StringBuilder();
    for (Piece piece : pieces) {
      switch (piece.kind()) {
        case REASONING ->
            others.append(",\"reasoning_content\":").append(JsonStrings.quoted(piece.text()));
        case TEXT -> content = piece.text();
        case TOOL_ARGUMENTS -> others.append(',').append(toolCalls("", piece.text()));
      }
    }
    return "%s\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":%s,\"refusal\":null%s},\"logprobs\":null,\"finish_reason\":\"%s\"}]%s}"
        .formatted(
            head("chat.completion"),
            OpenAiBodies.orNull(content),
            others,
            reason(finish),
            usage == null ? "" : "," + OpenAiBodies.usageField(usage));
  }

  @Override
  public void ping(StringBuilder out) {
    out.append(OpenAiBodies.PING);
  }

  @Override
  public void errorFrame(ServiceError error, StringBuilder out) {
    out.append("data: {").append(OpenAiBodies.errorField(error)).append("}\n\n");
  }
}
