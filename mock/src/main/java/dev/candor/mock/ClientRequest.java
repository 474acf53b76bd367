package dev.candor.mock;

import dev.candor.protocol.serve.Dialect;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for text, as it came over the wire. Without its body: a queue or an answer may hold it
 * long after the body was read.
 *
 * @param apiKey empty where there is none
 * @param headers names in lower case
 */
record ClientRequest(
    Dialect dialect, String apiKey, Map<String, String> headers, long arrivalNanos) {

  static ClientRequest of(Dialect dialect, HttpHeaders headers, long arrivalNanos) {
    Map<String, String> byName = new HashMap<>();
    headers.forEach(
        header -> byName.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    return new ClientRequest(dialect, apiKey(headers), byName, arrivalNanos);
  }

  /** OpenAI's bearer token or Anthropic's header. */
  static String apiKey(HttpHeaders headers) {
    String bearer = headers.get(HttpHeaderNames.AUTHORIZATION, "");
    return bearer.regionMatches(true, 0, "Bearer ", 0, 7)
        ? bearer.substring(7).strip()
        : headers.get("x-api-key", "");
  }

  @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }
}
