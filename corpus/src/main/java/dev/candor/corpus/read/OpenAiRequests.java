package dev.candor.corpus.read;

import static dev.candor.corpus.read.SourceRequest.NO_BLOCKS;
import static dev.candor.corpus.read.SourceRequest.UNKNOWN_TIME;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Requests to a service with OpenAI's interface, with their responses or without: {@code {request,
 * response}}, a request with {@code response} beside its fields, or with the response's own fields
 * {@code choices} and {@code usage} beside them.
 */
final class OpenAiRequests implements RequestReader {
  private final ChatJson chat;
  private final String format;

  /**
   * @param format the requests' class where they name no model
   */
  OpenAiRequests(ChatJson chat, String format) {
    this.chat = chat;
    this.format = format;
  }

  @Override
  public void read(JsonNode record, Requests to) {
    JsonNode nested = Fields.firstParsed(record, "request", "body", "request_body");
    JsonNode request = nested.isObject() ? nested : record;
    JsonNode response =
        Fields.firstParsed(record, "response", "response_body", "completion", "answer");
    if (response.path("body").isObject()) {
      response = response.path("body");
    }
    to.accept(request(record, request, response.isMissingNode() ? record : response));
  }

  /** A request of which nothing more is known. */
  SourceRequest asked(JsonNode request) {
    return request(MissingNode.getInstance(), request, MissingNode.getInstance());
  }

  /** A response of whose request nothing more is known. */
  SourceRequest answered(JsonNode response) {
    return request(MissingNode.getInstance(), MissingNode.getInstance(), response);
  }

  private SourceRequest request(JsonNode record, JsonNode request, JsonNode response) {
    List<Message> messages = prompt(request);
    Usage usage =
        Usage.of(Fields.firstParsed(response, "usage"))
            .or(Usage.of(Fields.firstParsed(record, "usage")))
            .or(Usage.of(record));
    if (messages.isEmpty() && usage.input() < 1) {
      throw Fields.missing("messages and no usage");
    }
    return new SourceRequest(
        link(record, request, messages),
        start(record, request, response),
        Timestamps.of(record, "end_time", "endTime", "finished_at", "completed_at"),
        chat.label(model(request, record, response), format),
        usage.input(),
        usage.output(),
        usage.cached(),
        0,
        NO_BLOCKS,
        messages,
        chat.answer(response));
  }

  /** The messages, of whichever of OpenAI's interfaces; empty where only lengths are known. */
  List<Message> prompt(JsonNode request) {
    JsonNode messages = Fields.firstParsed(request, "messages");
    JsonNode prompt =
        messages.isMissingNode() ? Fields.first(request, "prompt", "input") : messages;
    List<Message> all = new ArrayList<>();
    for (String field : new String[] {"instructions", "system"}) {
      JsonNode system = request.path(field);
      if (system.isString() || system.isArray()) {
        all.addAll(chat.messages(system).stream().map(OpenAiRequests::asSystem).toList());
      }
    }
    if (!prompt.isMissingNode()) {
      all.addAll(chat.messages(prompt));
    }
    return all;
  }

  private static Message asSystem(Message message) {
    return Message.of("system", message.content());
  }

  private static @Nullable String model(JsonNode... places) {
    for (JsonNode place : places) {
      String model = Fields.text(place, "model");
      if (model != null) {
        return model;
      }
    }
    return null;
  }

  private static Link link(JsonNode record, JsonNode request, List<Message> messages) {
    for (JsonNode each :
        List.of(record, request, record.path("metadata"), request.path("metadata"))) {
      String session =
          Fields.text(each, "session_id", "sessionId", "conversation_id", "conversationId");
      if (session != null) {
        return new Link.Session(session);
      }
    }
    return messages.isEmpty() ? new Link.Alone() : new Link.History();
  }

  private static long start(JsonNode record, JsonNode request, JsonNode response) {
    String[] names = {
      "timestamp", "start_time", "startTime", "created_at", "time", "created", "request_time"
    };
    long start = Timestamps.of(record, names);
    if (start == UNKNOWN_TIME) {
      start = Timestamps.of(request, names);
    }
    return start == UNKNOWN_TIME ? Timestamps.of(response, "created", "created_at") : start;
  }
}
