package dev.candor.app.web.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a request gets. */
public sealed interface Answer {

  /** Of HTTP. */
  int status();

  /** Beside those that every answer has; they win over these. */
  Map<String, String> headers();

  /** All of it is known. */
  record Whole(int status, String type, byte[] body, Map<String, String> headers)
      implements Answer {
    public Whole {
      headers = Map.copyOf(headers);
    }
  }

  /** A file as it is. */
  record File(int status, String type, Path file, Map<String, String> headers) implements Answer {
    public File {
      headers = Map.copyOf(headers);
    }
  }

  /** Server-sent events, for as long as the source has some and the client is there. */
  record Events(Source source) implements Answer {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of();
    }
  }

  /** Writes events, on a thread of the client's own. */
  @FunctionalInterface
  interface Source {
    /** Writes until there is no more. */
    void writeTo(OutputStream out) throws IOException, InterruptedException;
  }

  static Answer json(int status, Object value) {
    return new Whole(
        status,
        "application/json",
        JsonMapper.shared().writeValueAsString(value).getBytes(StandardCharsets.UTF_8),
        Map.of());
  }

  static Answer json(Object value) {
    return json(200, value);
  }

  /** {@code {"error": message}}. */
  static Answer error(int status, String message) {
    return json(status, Map.of("error", message));
  }

  static Answer text(int status, String type, String text) {
    return new Whole(status, type, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }
}
