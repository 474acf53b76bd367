package dev.candor.app.web.http;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request.
 *
 * @param path its segments, decoded; none of them leads anywhere else
 * @param places what the route's {@code {names}} stand for
 */
public record Ask(
    String method,
    List<String> path,
    Map<String, List<String>> query,
    Map<String, String> places,
    Headers headers,
    InputStream body) {
  /** A scenario has at most so many bytes, and nothing else that is sent is larger. */
  static final int LARGEST_BODY = 1 << 20;

  /** What {@code {name}} of the route stands for. */
  public String place(String name) {
    String place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException(name);
    }
    return place;
  }

  /** The first value of a parameter, null where it was not given. */
  public @Nullable String parameter(String name) {
    List<String> values = query.get(name);
    return values == null ? null : values.getFirst();
  }

  /** All values of a parameter. */
  public List<String> parameters(String name) {
    return query.getOrDefault(name, List.of());
  }

  /**
   * Its body, a JSON object of at most 1 MiB.
   *
   * @throws Refusal where it is something else
   */
  public JsonNode json() {
    String type = headers.getFirst("Content-Type");
    if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
      throw new Refusal(415, "the body must be of Content-Type application/json");
    }
    try {
      byte[] bytes = body.readNBytes(LARGEST_BODY + 1);
      if (bytes.length > LARGEST_BODY) {
        throw new Refusal(413, "the body has more than 1 MiB");
      }
      JsonNode node = JsonMapper.shared().readTree(bytes);
      if (node == null || !node.isObject()) {
        throw Refusal.badRequest("the body must be a JSON object");
      }
      return node;
    } catch (JacksonException e) {
      throw Refusal.badRequest("the body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw Refusal.badRequest("the body cannot be read");
    }
  }

  Ask at(Map<String, String> found) {
    return new Ask(method, path, query, found, headers, body);
  }
}
