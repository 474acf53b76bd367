package dev.candor.corpus.read;

import static dev.candor.corpus.read.SourceRequest.NO_BLOCKS;
import static dev.candor.corpus.read.SourceRequest.UNKNOWN;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Rows of LiteLLM's spend logs, or its standard logging payload. */
final class LiteLlmLogs implements RequestReader {
  private final ChatJson chat;

  LiteLlmLogs(ChatJson chat) {
    this.chat = chat;
  }

  @Override
  public void read(JsonNode record, Requests to) {
    String call = Fields.text(record, "call_type");
    if (call != null
        && (call.contains("embedding")
            || call.contains("image")
            || call.contains("rerank")
            || call.contains("speech")
            || call.contains("transcription"))) {
      to.passOver();
      return;
    }
    JsonNode response = Fields.firstParsed(record, "response");
    JsonNode metadata = Fields.firstParsed(record, "metadata");
    Usage usage =
        known(Usage.of(record))
            .or(Usage.of(metadata.path("usage_object")))
            .or(Usage.of(response.path("usage")));
    List<Message> messages = messages(record);
    if (messages.isEmpty() && usage.input() < 1) {
      if ("failure".equals(Fields.text(record, "status"))) {
        to.passOver();
        return;
      }
      throw Fields.missing("messages and no prompt_tokens");
    }
    to.accept(
        new SourceRequest(
            link(record, metadata, messages),
            Timestamps.of(record, "startTime", "start_time"),
            Timestamps.of(record, "endTime", "end_time"),
            chat.label(Fields.text(record, "model_group", "model"), "litellm"),
            usage.input(),
            usage.output(),
            usage.cached(),
            0,
            NO_BLOCKS,
            messages,
            answer(response)));
  }

  /** LiteLLM writes 0 where it does not know. */
  private static Usage known(Usage usage) {
    return usage.input() == 0 && usage.output() == 0
        ? new Usage(UNKNOWN, UNKNOWN, usage.cached())
        : usage;
  }

  /** Empty where the log keeps no texts, or says that they were redacted. */
  private List<Message> messages(JsonNode record) {
    JsonNode messages = Fields.firstParsed(record, "messages");
    if (messages.isArray() && !messages.isEmpty()) {
      return chat.messages(messages);
    }
    JsonNode kept = Fields.firstParsed(record, "proxy_server_request");
    JsonNode sent =
        Fields.firstParsed(
            kept.path("body").isObject() ? kept.path("body") : kept, "messages", "input");
    return sent.isArray() && !sent.isEmpty() ? chat.messages(sent) : List.of();
  }

  private @Nullable Answer answer(JsonNode response) {
    return response.isObject() && !response.isEmpty() ? chat.answer(response) : null;
  }

  private static Link link(JsonNode record, JsonNode metadata, List<Message> messages) {
    String session = Fields.text(record, "session_id", "litellm_session_id");
    if (session == null) {
      session = Fields.text(metadata, "session_id", "litellm_session_id");
    }
    if (session == null) {
      session = Fields.text(record, "trace_id", "litellm_trace_id");
    }
    return session != null
        ? new Link.Session(session)
        : messages.isEmpty() ? new Link.Alone() : new Link.History();
  }
}
