package dev.candor.protocol.openai;

import dev.candor.base.error.CandorException;
import dev.candor.protocol.request.ChatMessage;
import dev.candor.protocol.request.RequestEncoder;
import dev.candor.protocol.request.RequestFields;
import dev.candor.protocol.request.RequestSettings;
import java.util.List;
import java.util.Map;

/**
 * Writes the bodies of requests to OpenAI's dialects. Each throws a {@link CandorException} for an
 * extra field that JSON has no form for.
 */
public final class OpenAiRequests {
  private OpenAiRequests() {}

  public static RequestEncoder chat(RequestSettings settings) {
    return checked(
        (messages, maxTokens) ->
            RequestFields.write(
                settings.extraBody(),
                fields -> {
                  fields.text("model", settings.model());
                  fields.messages("messages", messages);
                  options(fields, settings, settings.maxTokensField(), maxTokens);
                }));
  }

  /** The older completions: one text, the messages' contents with a blank line between two. */
  public static RequestEncoder completions(RequestSettings settings) {
    return checked(
        (messages, maxTokens) ->
            RequestFields.write(
                settings.extraBody(),
                fields -> {
                  fields.text("model", settings.model());
                  fields.text("prompt", ChatMessage.joined(messages));
                  options(fields, settings, "max_tokens", maxTokens);
                }));
  }

  private static void options(
      RequestFields fields, RequestSettings settings, String maxTokensField, int maxTokens) {
    fields.flag("stream", settings.stream());
    if (settings.stream() && settings.includeUsage()) {
      fields.value("stream_options", Map.of("include_usage", true));
    }
    limit(fields, settings, maxTokensField, maxTokens);
  }

  private static void limit(
      RequestFields fields, RequestSettings settings, String maxTokensField, int maxTokens) {
    if (maxTokens > 0) {
      fields.number(maxTokensField, maxTokens);
    }
    if (settings.ignoreEos()) {
      fields.flag("ignore_eos", true);
    }
  }

  public static RequestEncoder responses(RequestSettings settings) {
    return checked(
        (messages, maxTokens) ->
            RequestFields.write(
                settings.extraBody(),
                fields -> {
                  fields.text("model", settings.model());
                  fields.messages("input", messages);
                  fields.flag("stream", settings.stream());
                  // A load test leaves nothing behind at the provider.
                  fields.flag("store", false);
                  limit(fields, settings, "max_output_tokens", maxTokens);
                }));
  }

  /** Embeddings of one text, the messages' contents. */
  public static RequestEncoder embeddings(RequestSettings settings) {
    return checked(
        (messages, maxTokens) ->
            RequestFields.write(
                settings.extraBody(),
                fields -> {
                  fields.text("model", settings.model());
                  fields.text("input", ChatMessage.joined(messages));
                }));
  }

  /** Finds mistakes in the extra fields now rather than with the first request. */
  private static RequestEncoder checked(RequestEncoder encoder) {
    var _ = encoder.encode(List.of(), 0);
    return encoder;
  }
}
