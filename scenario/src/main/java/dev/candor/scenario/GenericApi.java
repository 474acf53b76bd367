package dev.candor.scenario;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The wire dialect of a team's own application: how a request is made and what its answer means.
 * Pointers are JSON Pointers (RFC 6901) into each frame.
 *
 * @param method POST, GET, PUT or PATCH
 * @param path below the target's address, with its leading slash; empty: the address itself
 * @param body template of the request body, with {@code {{prompt}}}, {@code {{messages}}}, {@code
 *     {{model}}} and {@code {{max_tokens}}}; null: none
 * @param frames how the answer is cut into events
 * @param text where a frame's text delta is; null: the whole frame is text
 * @param reasoning where its reasoning delta is, or null
 * @param inputTokens where the server's count of prompt tokens is, or null
 * @param cachedTokens of those, cached, or null
 * @param outputTokens where its count of output tokens is, or null
 * @param error where an error's message is, or null
 * @param end what marks the end, or null: the end of the body
 */
public record GenericApi(
    String method,
    String path,
    @Nullable String body,
    Map<String, String> headers,
    Frames frames,
    @Nullable String text,
    @Nullable String reasoning,
    @Nullable String inputTokens,
    @Nullable String cachedTokens,
    @Nullable String outputTokens,
    @Nullable String error,
    @Nullable End end) {

  public GenericApi {
    headers = Map.copyOf(headers);
  }

  /** How an answer is cut into events; the key is what scenarios say. */
  public enum Frames {
    /** Server-sent events. */
    SSE("sse"),
    /** A JSON text a line. */
    NDJSON("ndjson"),
    /** Bytes as they come: every read is an event. */
    CHUNKS("chunks"),
    /** One JSON object, not streamed. */
    WHOLE("whole");

    private final String key;

    Frames(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /** What marks the end of an answer. */
  public sealed interface End {
    /** A frame (an SSE event's data) that is exactly {@code text}, such as {@code [DONE]}. */
    record Frame(String text) implements End {}

    /** An SSE event of this name. */
    record Event(String name) implements End {}

    /** A frame in which {@code pointer} finds {@code value}; null: anything but null and false. */
    record Field(String pointer, @Nullable String value) implements End {}
  }
}
