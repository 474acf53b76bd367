package dev.candor.protocol.ollama;

import dev.candor.protocol.request.ChatMessage;
import dev.candor.protocol.request.RequestEncoder;
import dev.candor.protocol.request.RequestFields;
import dev.candor.protocol.request.RequestSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the bodies of requests to Ollama. Its limit of tokens is among its options, to which the
 * scenario may add others. Each throws a {@link dev.candor.base.error.CandorException} for an extra
 * field that JSON has no form for.
 */
public final class OllamaRequests {
  private static final String OPTIONS = "options";
  private static final String NUM_PREDICT = "num_predict";

  private OllamaRequests() {}

  public static RequestEncoder chat(RequestSettings settings) {
    return checked(
        (messages, maxTokens) ->
            RequestFields.write(
                extra(settings, maxTokens),
                fields -> {
                  fields.text("model", settings.model());
                  fields.messages("messages", messages);
                  fields.flag("stream", settings.stream());
                }));
  }

  /** One text, the messages' contents with a blank line between two; system messages apart. */
  public static RequestEncoder generate(RequestSettings settings) {
    return checked(
        (messages, maxTokens) -> {
          List<ChatMessage> system = messages.stream().filter(ChatMessage::isSystem).toList();
          List<ChatMessage> others = messages.stream().filter(each -> !each.isSystem()).toList();
          return RequestFields.write(
              extra(settings, maxTokens),
              fields -> {
                fields.text("model", settings.model());
                if (!system.isEmpty()) {
                  fields.text("system", ChatMessage.joined(system));
                }
                fields.text("prompt", ChatMessage.joined(others));
                fields.flag("stream", settings.stream());
              });
        });
  }

  private static Map<String, @Nullable Object> extra(RequestSettings settings, int maxTokens) {
    Map<String, @Nullable Object> own = settings.extraBody();
    if (maxTokens <= 0 || !(own.getOrDefault(OPTIONS, Map.of()) instanceof Map<?, ?> options)) {
      return own;
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put(NUM_PREDICT, maxTokens);
    options.forEach((name, value) -> all.put(String.valueOf(name), value));
    Map<String, @Nullable Object> extra = new LinkedHashMap<>(own);
    extra.put(OPTIONS, all);
    return extra;
  }

  private static RequestEncoder checked(RequestEncoder encoder) {
    var _ = encoder.encode(List.of(), 0);
    return encoder;
  }
}
