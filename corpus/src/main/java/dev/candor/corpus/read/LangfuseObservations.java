package dev.candor.corpus.read;

import static dev.candor.corpus.read.SourceRequest.NO_BLOCKS;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Observations that Langfuse exports, in the names of its interface (traceId) or of its files
 * (trace_id). Those of another type than GENERATION are no requests.
 */
final class LangfuseObservations implements RequestReader {
  private final ChatJson chat;

  LangfuseObservations(ChatJson chat) {
    this.chat = chat;
  }

  @Override
  public void read(JsonNode record, Requests to) {
    JsonNode nested = record.path("observations");
    if (nested.isArray()) {
      String session = Fields.text(record, "sessionId", "session_id");
      if (session == null) {
        session = Fields.text(record.path("trace"), "sessionId", "session_id");
      }
      for (JsonNode each : nested) {
        try {
          observation(each, session, to);
        } catch (BadRecord e) {
          to.bad(e);
        }
      }
      return;
    }
    observation(record, null, to);
  }

  private void observation(JsonNode record, @Nullable String sessionOfTrace, Requests to) {
    if (!"GENERATION".equals(Fields.text(record, "type"))) {
      to.passOver();
      return;
    }
    Usage usage =
        Usage.ofParts(Fields.firstParsed(record, "usageDetails", "usage_details"))
            .or(Usage.ofParts(Fields.firstParsed(record, "usage")))
            .or(Usage.of(record));
    JsonNode input = Fields.firstParsed(record, "input");
    List<Message> messages = input.isMissingNode() ? List.of() : messages(input);
    if (messages.isEmpty() && usage.input() < 1) {
      throw Fields.missing("input and no usage");
    }
    JsonNode output = Fields.firstParsed(record, "output");
    to.accept(
        new SourceRequest(
            link(record, sessionOfTrace, messages),
            Timestamps.of(record, "startTime", "start_time"),
            Timestamps.of(record, "endTime", "end_time"),
            chat.label(
                Fields.text(record, "model", "providedModelName", "provided_model_name"),
                "langfuse"),
            usage.input(),
            usage.output(),
            usage.cached(),
            0,
            NO_BLOCKS,
            messages,
            output.isMissingNode() ? null : answer(output)));
  }

  /** Whatever was logged as input: messages, or an object around them, or any JSON as one text. */
  private List<Message> messages(JsonNode input) {
    JsonNode inner = input.isObject() ? Fields.first(input, "messages", "prompt") : input;
    if (inner.isString() || inner.isArray()) {
      return chat.messages(inner);
    }
    return List.of(Message.of("user", chat.text(input.toString())));
  }

  private Answer answer(JsonNode output) {
    Answer answer = chat.answer(output);
    return answer != null ? answer : new Answer(chat.text(output.toString()), List.of());
  }

  private static Link link(
      JsonNode record, @Nullable String sessionOfTrace, List<Message> messages) {
    String session = Fields.text(record, "sessionId", "session_id");
    if (session == null) {
      session = sessionOfTrace;
    }
    if (session == null) {
      session = Fields.text(record, "traceId", "trace_id");
    }
    return session != null
        ? new Link.Session(session)
        : messages.isEmpty() ? new Link.Alone() : new Link.History();
  }
}
