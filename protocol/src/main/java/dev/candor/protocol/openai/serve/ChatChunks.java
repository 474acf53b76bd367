package dev.candor.protocol.openai.serve;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes one answer's stream events and bodies. Texts must need no escaping in JSON. <b>For one
 * thread.</b>
 */
public final class ChatChunks {
  private final String head;
  private final String id;
  private final String model;
  private final long created;

  /**
   * @param created seconds since 1970
   */
  public ChatChunks(String id, String model, long created) {
    this.id = id;
    this.model = escaped(model);
    this.created = created;
    this.head =
        "data: {\"id\":\"%s\",\"object\":\"chat.completion.chunk\",\"created\":%d,\"model\":\"%s\",\"system_fingerprint\":\"fp_candor\","
            .formatted(id, created, this.model);
  }

  public String role() {
    return delta("{\"role\":\"assistant\",\"content\":\"\"}");
  }

  public String answer(String text) {
    return delta("{\"content\":\"" + text + "\"}");
  }

  public String reasoning(String text) {
    return delta("{\"reasoning_content\":\"" + text + "\"}");
  }

  public String finish(String reason) {
    return head
        + "\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\""
        + reason
        + "\"}]}\n\n";
  }

  public String usage(int prompt, int completion, int reasoning) {
    return head + "\"choices\":[]," + usageField(prompt, completion, reasoning) + "}\n\n";
  }

  public String done() {
    return "data: [DONE]\n\n";
  }

  /** An error object in place of a chunk. */
  public static String errorFrame(String code, String message) {
    return "data: " + error("server_error", null, code, message) + "\n\n";
  }

  /**
   * The body of an error response.
   *
   * @param param field of the request that is at fault, or null
   */
  public static String error(String type, @Nullable String param, String code, String message) {
    return "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":%s,\"code\":\"%s\"}}"
        .formatted(escaped(message), type, param == null ? "null" : "\"" + param + "\"", code);
  }

  /** The body of a list of models that has one. */
  public static String models(String model) {
    return "{\"object\":\"list\",\"data\":[{\"id\":\"%s\",\"object\":\"model\",\"created\":0,\"owned_by\":\"candor\"}]}"
        .formatted(escaped(model));
  }

  /** The body of an answer that is not streamed. */
  public byte[] whole(
      String text, String thought, String reason, int prompt, int completion, int reasoning) {
    String reasoningField = thought.isEmpty() ? "" : ",\"reasoning_content\":\"" + thought + "\"";
    return "{\"id\":\"%s\",\"object\":\"chat.completion\",\"created\":%d,\"model\":\"%s\",\"system_fingerprint\":\"fp_candor\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"%s\",\"refusal\":null%s},\"logprobs\":null,\"finish_reason\":\"%s\"}],%s}"
        .formatted(
            id,
            created,
            model,
            text,
            reasoningField,
            reason,
            usageField(prompt, completion, reasoning))
        .getBytes(StandardCharsets.UTF_8);
  }

  private String delta(String delta) {
    return head
        + "\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"logprobs\":null,\"finish_reason\":null}]}\n\n";
  }

  private static String usageField(int prompt, int completion, int reasoning) {
    return "\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d,\"prompt_tokens_details\":{\"cached_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":%d}}"
        .formatted(prompt, completion, prompt + completion, reasoning);
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        safe.append('\\').append(c);
      } else if (c < ' ') {
        safe.append(' ');
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }
}
