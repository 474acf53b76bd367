package dev.candor.corpus.read;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's batch files: lines of the input have {@code body}, lines of the output {@code response}.
 * Answers that were read before their request are put beside it.
 */
final class BatchRequests implements RequestReader {
  private final OpenAiRequests requests;

  BatchRequests(ChatJson chat) {
    this.requests = new OpenAiRequests(chat, "batch");
  }

  @Override
  public void read(JsonNode record, Requests to) {
    JsonNode response = record.path("response");
    ObjectNode plain = JsonText.mapper().createObjectNode();
    if (record.path("body").isObject()) {
      String url = Fields.text(record, "url");
      if (url != null && url.contains("embeddings")) {
        to.passOver();
        return;
      }
      plain.set("request", record.path("body"));
    } else if (response.isObject()) {
      if (response.path("status_code").isInt() && response.path("status_code").intValue() >= 400) {
        to.passOver();
        return;
      }
      for (Map.Entry<String, JsonNode> field : response.path("body").properties()) {
        if (!field.getKey().equals("output") || field.getValue().isArray()) {
          plain.set(field.getKey(), field.getValue());
        }
      }
      if (plain.isEmpty()) {
        throw Fields.missing("response.body");
      }
    } else if (record.has("error") && !record.path("error").isNull()) {
      to.passOver();
      return;
    } else {
      throw Fields.missing("body or response");
    }
    requests.read(plain, to);
  }
}
