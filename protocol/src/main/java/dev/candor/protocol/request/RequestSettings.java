package dev.candor.protocol.request;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every request to a target has in common.
 *
 * @param includeUsage asks for the token counts of a stream, {@code stream_options.include_usage}
 * @param ignoreEos asks the server to generate up to the limit, where it takes {@code ignore_eos}
 * @param maxTokensField {@code max_completion_tokens} or {@code max_tokens}
 * @param extraBody further top-level fields; one of the same name replaces ours
 */
public record RequestSettings(
    String model,
    boolean stream,
    boolean includeUsage,
    boolean ignoreEos,
    String maxTokensField,
    Map<String, @Nullable Object> extraBody) {

  public RequestSettings {
    // Keeps the order of the scenario; Map.copyOf would not, and takes no null for JSON's null.
    extraBody = Collections.unmodifiableMap(new LinkedHashMap<>(extraBody));
  }
}
