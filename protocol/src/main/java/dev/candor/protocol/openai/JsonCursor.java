package dev.candor.protocol.openai;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over one JSON text (RFC 8259) in place, checking syntax and UTF-8 on its way, without
 * building anything. <b>For one thread; reusable through {@link #open}.</b>
 *
 * <p>A value of another type than the one asked for is checked, passed over, and answered with
 * "none", so a caller takes what it knows and never trips over what it does not:
 *
 * <pre>{@code
 * for (boolean more = json.firstKey(); more; more = json.nextKey()) {
 *   if (json.keyIs(MODEL)) {
 *     json.string();
 *   } else {
 *     json.skip();
 *   }
 * }
 * }</pre>
 */
final class JsonCursor {
  /** As many as Jackson takes. */
  private static final int MAX_DEPTH = 500;

  private final JsonScalars scalars = new JsonScalars();
  private byte[] bytes = new byte[0];
  private int depth;
  private byte[] key = bytes;
  private int keyStart;
  private int keyEnd;

  void open(byte[] source, int offset, int length) {
    bytes = source;
    depth = 0;
    scalars.open(source, offset, offset + length);
  }

  /** Nothing but blanks may follow the value that was read. */
  void close() throws JsonSyntaxException {
    if (peek() >= 0) {
      throw scalars.unexpected("the end");
    }
  }

  /** The next byte that is not blank; -1 at the end. */
  int peek() {
    return scalars.peek();
  }

  /** Steps into an object. False, and past the value, where it has no key or is no object. */
  boolean firstKey() throws JsonSyntaxException {
    return enter('{', '}') && key();
  }

  boolean nextKey() throws JsonSyntaxException {
    return another('}') && key();
  }

  /** Steps into an array. False, and past the value, where it has no element or is no array. */
  boolean firstElement() throws JsonSyntaxException {
    return enter('[', ']');
  }

  boolean nextElement() throws JsonSyntaxException {
    return another(']');
  }

  boolean keyIs(byte[] name) {
    return Arrays.equals(key, keyStart, keyEnd, name, 0, name.length);
  }

  /** True if the next value is a string, between {@link #start} and {@link #stop}. */
  boolean string() throws JsonSyntaxException {
    if (peek() != '"') {
      skip();
      return false;
    }
    scalars.string();
    return true;
  }

  /** True if the next value is a string or a number, between {@link #start} and {@link #stop}. */
  boolean stringOrNumber() throws JsonSyntaxException {
    int next = peek();
    if (next == '-' || (next >= '0' && next <= '9')) {
      scalars.number();
      return true;
    }
    return string();
  }

  /** A count: an integer from 0 to {@link Integer#MAX_VALUE}; -1 for anything else. */
  int count() throws JsonSyntaxException {
    int next = peek();
    if (next < '0' || next > '9') {
      skip();
      return -1;
    }
    scalars.number();
    return scalars.count();
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the last scalar's content begins, quotes left out. */
  int start() {
    return scalars.start();
  }

  /** Where the last scalar's content ends. */
  int stop() {
    return scalars.stop();
  }

  boolean isEmpty() {
    return start() == stop();
  }

  /** The last scalar's content, escapes resolved. */
  String text() {
    return JsonText.decode(bytes, start(), stop() - start());
  }

  /** Passes over any value. */
  void skip() throws JsonSyntaxException {
    switch (peek()) {
      case '{' -> {
        boolean more = firstKey();
        while (more) {
          skip();
          more = nextKey();
        }
      }
      case '[' -> {
        boolean more = firstElement();
        while (more) {
          skip();
          more = nextElement();
        }
      }
      default -> scalars.any();
    }
  }

  private boolean enter(char open, char close) throws JsonSyntaxException {
    if (peek() != open) {
      skip();
      return false;
    }
    if (++depth > MAX_DEPTH) {
      throw new JsonSyntaxException("JSON nested deeper than " + MAX_DEPTH + " levels");
    }
    scalars.advance();
    return !closes(close);
  }

  private boolean another(char close) throws JsonSyntaxException {
    if (closes(close)) {
      return false;
    }
    if (peek() != ',') {
      throw scalars.unexpected("',' or '" + close + "'");
    }
    scalars.advance();
    return true;
  }

  private boolean closes(char close) {
    if (peek() != close) {
      return false;
    }
    scalars.advance();
    depth--;
    return true;
  }

  private boolean key() throws JsonSyntaxException {
    if (peek() != '"') {
      throw scalars.unexpected("a key");
    }
    scalars.string();
    if (scalars.escaped()) {
      key = text().getBytes(StandardCharsets.UTF_8);
      keyStart = 0;
      keyEnd = key.length;
    } else {
      key = bytes;
      keyStart = start();
      keyEnd = stop();
    }
    if (peek() != ':') {
      throw scalars.unexpected("':'");
    }
    scalars.advance();
    return true;
  }
}
