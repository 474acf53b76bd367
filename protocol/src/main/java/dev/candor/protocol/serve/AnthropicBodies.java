package dev.candor.protocol.serve;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What Anthropic answers where it generates nothing. */
final class AnthropicBodies {
  private AnthropicBodies() {}

  static String error(ServiceError error, String requestId) {
    return "{%s,\"request_id\":%s}".formatted(errorFields(error), JsonStrings.quoted(requestId));
  }

  static String errorFields(ServiceError error) {
    String type = error.type() != null ? error.type() : type(error.status());
    return "\"type\":\"error\",\"error\":{\"type\":%s,\"message\":%s}"
        .formatted(JsonStrings.quoted(type), JsonStrings.quoted(error.message()));
  }

  /** As docs.claude.com/en/api/errors has them. */
  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 504 -> "timeout_error";
      case 529 -> "overloaded_error";
      default -> status >= 500 ? "api_error" : "invalid_request_error";
    };
  }

  static String model(ServedModel model) {
    String id = JsonStrings.quoted(model.id());
    return "{\"type\":\"model\",\"id\":%s,\"display_name\":%s,\"created_at\":\"%s\",\"lifecycle\":\"active\",\"max_input_tokens\":%s}"
        .formatted(id, id, Instant.ofEpochSecond(model.createdSeconds()), model.contextTokens());
  }

  static String models(List<ServedModel> models) {
    String data =
        models.stream().map(AnthropicBodies::model).collect(Collectors.joining(",", "[", "]"));
    String first = models.isEmpty() ? "null" : JsonStrings.quoted(models.getFirst().id());
    String last = models.isEmpty() ? "null" : JsonStrings.quoted(models.getLast().id());
    return "{\"data\":%s,\"has_more\":false,\"first_id\":%s,\"last_id\":%s}"
        .formatted(data, first, last);
  }
}
