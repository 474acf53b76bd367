package dev.candor.corpus.read;

import tools.jackson.databind.JsonNode;

/**
 * OpenAI's batch files: lines of the input have {@code body}, lines of the output {@code response}.
 */
final class BatchRequests implements RequestReader {
  private final OpenAiRequests requests;

  BatchRequests(ChatJson chat) {
    this.requests = new OpenAiRequests(chat, "batch");
  }

  @Override
  public void read(JsonNode record, Requests to) {
    String id = Fields.text(record, "custom_id");
    if (id == null) {
      throw Fields.missing("custom_id");
    }
    if (record.path("body").isObject()) {
      String url = Fields.text(record, "url");
      if (url != null && url.contains("embeddings")) {
        to.passOver();
      } else {
        to.accept(half(id, false, requests.asked(record.path("body"))));
      }
      return;
    }
    JsonNode body = record.path("response").path("body");
    JsonNode status = record.path("response").path("status_code");
    boolean failed =
        record.path("error").isObject() || (status.isInt() && status.intValue() >= 400);
    if (failed) {
      to.passOver();
    } else if (body.isObject()) {
      to.accept(half(id, true, requests.answered(body)));
    } else {
      throw Fields.missing("body or response");
    }
  }

  /** When a batch was worked off says nothing of when anybody asked. */
  private static SourceRequest half(String id, boolean answer, SourceRequest request) {
    return new SourceRequest(
        new Link.Half(id, answer),
        SourceRequest.UNKNOWN_TIME,
        SourceRequest.UNKNOWN_TIME,
        request.requestClass(),
        request.inputTokens(),
        request.outputTokens(),
        request.cachedTokens(),
        0,
        SourceRequest.NO_BLOCKS,
        request.messages(),
        request.answer());
  }
}
