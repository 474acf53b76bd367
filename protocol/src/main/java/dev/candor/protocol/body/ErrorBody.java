package dev.candor.protocol.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonKey;
import dev.candor.protocol.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says in one line what the body of an HTTP error response holds: an OpenAI error object, FastAPI's
 * {@code detail}, plain text or HTML. Never throws.
 */
public final class ErrorBody {
  private static final JsonKey ERROR = JsonKey.of("error");
  private static final JsonKey DETAIL = JsonKey.of("detail");
  private static final JsonKey MSG = JsonKey.of("msg");
  private static final JsonKey LOC = JsonKey.of("loc");
  private static final int MAX_CHARACTERS = 300;

  private final JsonCursor json = new JsonCursor();
  private final ErrorFields error = new ErrorFields();
  private final ErrorFields flat = new ErrorFields();
  private @Nullable String detail;

  private ErrorBody() {}

  /**
   * @return {@code code: message}, {@code message} alone where there is no code, or the beginning
   *     of a body of no known shape
   */
  public static String describe(byte[] body) {
    int first = BodyExcerpt.firstVisible(body, 0, body.length);
    if (first == body.length || body[first] == '<') {
      return BodyExcerpt.describe(body, 0, body.length);
    }
    String found = null;
    if (body[first] == '{' || body[first] == '[') {
      try {
        found = new ErrorBody().read(body, first, body.length - first);
      } catch (JsonSyntaxException e) {
        // Shown as text.
      }
    }
    if (found == null) {
      return BodyExcerpt.beginning(body, first, body.length - first, MAX_CHARACTERS);
    }
    byte[] utf8 = found.getBytes(UTF_8);
    return BodyExcerpt.beginning(utf8, 0, utf8.length, MAX_CHARACTERS);
  }

  private @Nullable String read(byte[] body, int offset, int length) throws JsonSyntaxException {
    json.open(body, offset, length);
    if (json.peek() == '[') {
      // Google's endpoint wraps its error object in an array.
      for (boolean more = json.firstElement(); more; more = json.nextElement()) {
        fields();
      }
    } else {
      fields();
    }
    json.close();
    if (error.message() != null || error.code() != null) {
      return line(error.code(), error.message());
    }
    if (detail != null) {
      return line(flat.code(), detail);
    }
    return flat.message() != null ? line(flat.code(), flat.message()) : null;
  }

  private void fields() throws JsonSyntaxException {
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(ERROR)) {
        error.read(json);
      } else if (json.keyIs(DETAIL)) {
        detail();
      } else if (!flat.readField(json)) {
        json.skip();
      }
    }
  }

  private void detail() throws JsonSyntaxException {
    switch (json.peek()) {
      case '{' -> error.read(json);
      case '[' -> {
        List<String> problems = new ArrayList<>();
        for (boolean more = json.firstElement(); more; more = json.nextElement()) {
          problems.add(validationProblem());
        }
        detail = String.join("; ", problems);
      }
      default -> detail = json.string() ? json.text() : null;
    }
  }

  /** One of FastAPI's: where ({@code loc}), and what ({@code msg}). */
  private String validationProblem() throws JsonSyntaxException {
    List<String> where = new ArrayList<>();
    String what = null;
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(MSG)) {
        what = json.string() ? json.text() : null;
      } else if (json.keyIs(LOC)) {
        for (boolean next = json.firstElement(); next; next = json.nextElement()) {
          if (json.stringOrNumber()) {
            where.add(json.text());
          }
        }
      } else {
        json.skip();
      }
    }
    return line(where.isEmpty() ? null : String.join(".", where), what);
  }

  private static String line(@Nullable String code, @Nullable String message) {
    String said = message != null ? message : "(no message)";
    return code != null ? code + ": " + said : said;
  }
}
