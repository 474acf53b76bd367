package dev.candor.protocol.serve;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes OpenAI's older completions. The dialect knows text only, so reasoning and arguments are
 * text in it. <b>For one thread.</b>
 */
final class CompletionWriter implements AnswerWriter {
  private final boolean includeUsage;
  private final String echoed;
  private final String bodyHead;
  private final String head;
  private final DeltaFrame text;

  CompletionWriter(AnswerIdentity identity, GenerationRequest request) {
    includeUsage = request.includeUsage();
    echoed =
        request.echo()
            ? request.prompt().stream().map(PromptPart::text).collect(Collectors.joining())
            : "";
    bodyHead =
        "{\"id\":%s,\"object\":\"text_completion\",\"created\":%s,\"model\":%s,"
            .formatted(
                JsonStrings.quoted("cmpl-" + identity.suffix()),
                identity.createdSeconds(),
                JsonStrings.quoted(identity.model()));
    head = "data: " + bodyHead;
    text = new DeltaFrame(head + choice("\""), "\"," + end(null) + "}\n\n");
  }

  private static String choice(String text) {
    return "\"choices\":[{\"index\":0,\"text\":" + text;
  }

  private static String end(@Nullable Finish finish) {
    String reason =
        switch (finish) {
          case null -> "null";
          case STOP, TOOL_CALLS -> "\"stop\"";
          case LENGTH -> "\"length\"";
        };
    return "\"logprobs\":null,\"finish_reason\":" + reason + "}]";
  }

  @Override
  public void open(@Nullable TokenUsage usage, StringBuilder out) {
    if (!echoed.isEmpty()) {
      text.append(echoed, out);
    }
  }

  @Override
  public void piece(PieceKind kind, String text, StringBuilder out) {
    this.text.append(text, out);
  }

  @Override
  public void close(Finish finish, @Nullable TokenUsage usage, StringBuilder out) {
    out.append(head).append(choice("\"\",")).append(end(finish)).append("}\n\n");
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
    String all = pieces.stream().map(Piece::text).collect(Collectors.joining("", echoed, ""));
    return bodyHead
        + choice(JsonStrings.quoted(all) + ",")
        + end(finish)
        + (usage == null ? "" : "," + OpenAiBodies.usageField(usage))
        + "}";
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
