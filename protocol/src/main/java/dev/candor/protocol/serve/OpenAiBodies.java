package dev.candor.protocol.serve;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What OpenAI's dialects have in common. */
final class OpenAiBodies {
  static final String PING = ": ping\n\n";
  static final String DONE = "data: [DONE]\n\n";

  private OpenAiBodies() {}

  static String errorField(ServiceError error) {
    String code = error.code() != null ? error.code() : code(error.status());
    return "\"error\":{\"message\":%s,\"type\":%s,\"param\":%s,\"code\":%s}"
        .formatted(
            JsonStrings.quoted(error.message()),
            JsonStrings.quoted(type(error)),
            orNull(error.field()),
            orNull(code));
  }

  static String type(ServiceError error) {
    if (error.type() != null) {
      return error.type();
    }
    if (error.status() == 429) {
      return "requests";
    }
    return error.status() >= 500 ? "server_error" : "invalid_request_error";
  }

  private static @Nullable String code(int status) {
    return switch (status) {
      case 401 -> "invalid_api_key";
      case 429 -> "rate_limit_exceeded";
      default -> null;
    };
  }

  /** {@code max_model_len} and {@code root} are vLLM's. */
  static String model(ServedModel model) {
    String id = JsonStrings.quoted(model.id());
    return "{\"id\":%s,\"object\":\"model\",\"created\":%s,\"owned_by\":\"candor\",\"root\":%s,\"parent\":null,\"max_model_len\":%s}"
        .formatted(id, model.createdSeconds(), id, model.contextTokens());
  }

  static String models(List<ServedModel> models) {
    return models.stream()
        .map(OpenAiBodies::model)
        .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}"));
  }

  /** The usage of completions and of chat. */
  static String usageField(TokenUsage usage) {
    return "\"usage\":{\"prompt_tokens\":%s,\"completion_tokens\":%s,\"total_tokens\":%s,\"prompt_tokens_details\":{\"cached_tokens\":%s},\"completion_tokens_details\":{\"reasoning_tokens\":%s}}"
        .formatted(
            usage.promptTokens(),
            usage.outputTokens(),
            usage.totalTokens(),
            usage.cachedTokens(),
            usage.reasoningTokens());
  }

  static String orNull(@Nullable String text) {
    return text == null ? "null" : JsonStrings.quoted(text);
  }
}
