package dev.candor.protocol.anthropic;

import dev.candor.protocol.request.ChatMessage;
import dev.candor.protocol.request.RequestEncoder;
import dev.candor.protocol.request.RequestFields;
import dev.candor.protocol.request.RequestSettings;
import java.util.List;

/** Writes the bodies of requests for messages. */
public final class MessageRequests {
  /** The version of the API that is spoken; each request names it. */
  public static final String VERSION = "2023-06-01";

  /** The dialect has no answer without a limit. */
  public static final int DEFAULT_MAX_TOKENS = 4096;

  private MessageRequests() {}

  /**
   * System messages become the {@code system} field, which is where the dialect has them.
   *
   * @throws dev.candor.base.error.CandorException for an extra field that JSON has no form for
   */
  public static RequestEncoder messages(RequestSettings settings) {
    RequestEncoder encoder =
        (messages, maxTokens) ->
            RequestFields.write(
                settings.extraBody(), fields -> write(fields, settings, messages, maxTokens));
    var _ = encoder.encode(List.of(), 0);
    return encoder;
  }

  private static void write(
      RequestFields fields, RequestSettings settings, List<ChatMessage> messages, int maxTokens) {
    List<ChatMessage> system = messages.stream().filter(ChatMessage::isSystem).toList();
    fields.text("model", settings.model());
    fields.number("max_tokens", maxTokens > 0 ? maxTokens : DEFAULT_MAX_TOKENS);
    if (!system.isEmpty()) {
      fields.text("system", ChatMessage.joined(system));
    }
    fields.messages("messages", messages.stream().filter(each -> !each.isSystem()).toList());
    fields.flag("stream", settings.stream());
    if (settings.ignoreEos()) {
      fields.flag("ignore_eos", true);
    }
  }
}
