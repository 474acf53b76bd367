package dev.candor.protocol.json;

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
public final class JsonCursor {
  /** As many as Jackson takes. */
  private static final int MAX_DEPTH = 500;

  private final JsonScalars scalars = new JsonScalars();
  private final SkippedScalars skipped = new SkippedScalars();
  private byte[] bytes = new byte[0];
  private int depth;
  private byte[] key = bytes;
  private int keyStart;
  private int keyLength;
  private long keyHead;

  public void open(byte[] source, int offset, int length) {
    bytes = source;
    depth = 0;
    skipped.clear();
    scalars.open(source, offset, offset + length);
  }

  /** Nothing but blanks may follow the value that was read. */
  public void close() throws JsonSyntaxException {
    if (peek() >= 0) {
      throw scalars.unexpected("the end");
    }
  }

  /** The next byte that is not blank; -1 at the end. */
  public int peek() {
    return scalars.peek();
  }

  /**
   * Steps into the object that the whole text must be; false where it has no key.
   *
   * @throws JsonSyntaxException also for a text that is something else
   */
  public boolean rootKey() throws JsonSyntaxException {
    if (peek() == '{') {
      return firstKey();
    }
    pass();
    close();
    throw new JsonSyntaxException("JSON that is not an object");
  }

  /** Steps into an object. False, and past the value, where it has no key or is no object. */
  public boolean firstKey() throws JsonSyntaxException {
    return enter('{', '}') && key();
  }

  public boolean nextKey() throws JsonSyntaxException {
    return another('}') && key();
  }

  /** Steps into an array. False, and past the value, where it has no element or is no array. */
  public boolean firstElement() throws JsonSyntaxException {
    return enter('[', ']');
  }

  public boolean nextElement() throws JsonSyntaxException {
    return another(']');
  }

  /** Whether the current key is {@code name}. */
  public boolean keyIs(JsonKey name) {
    return keyHead == name.head
        && keyLength == name.length()
        && (keyLength <= Long.BYTES || equal(key, keyStart, name));
  }

  /** Whether the last scalar's content is {@code value}, byte for byte. */
  public boolean valueIs(JsonKey value) {
    int length = stop() - start();
    return length == value.length()
        && Words.head(bytes, start(), length) == value.head
        && (length <= Long.BYTES || equal(bytes, start(), value));
  }

  /** Whether the last scalar's content begins with {@code prefix}, byte for byte. */
  public boolean valueStarts(JsonKey prefix) {
    int from = start();
    return stop() - from >= prefix.length()
        && Arrays.equals(bytes, from, from + prefix.length(), prefix.bytes, 0, prefix.length());
  }

  private static boolean equal(byte[] bytes, int from, JsonKey name) {
    return Arrays.equals(
        bytes, from + Long.BYTES, from + name.length(), name.bytes, Long.BYTES, name.length());
  }

  /** True if the next value is a string, between {@link #start} and {@link #stop}. */
  public boolean string() throws JsonSyntaxException {
    if (peek() != '"') {
      pass();
      return false;
    }
    scalars.string();
    return true;
  }

  /** True if the next value is a string or a number, between {@link #start} and {@link #stop}. */
  public boolean stringOrNumber() throws JsonSyntaxException {
    int next = peek();
    if (next == '-' || (next >= '0' && next <= '9')) {
      scalars.number();
      return true;
    }
    return string();
  }

  /** True if the next value is {@code true}. */
  public boolean isTrue() throws JsonSyntaxException {
    boolean found = peek() == 't';
    pass();
    return found;
  }

  /** A count: an integer from 0 to {@link Integer#MAX_VALUE}; -1 for anything else. */
  public int count() throws JsonSyntaxException {
    int next = peek();
    if (next < '0' || next > '9') {
      pass();
      return -1;
    }
    scalars.number();
    return scalars.count();
  }

  /** The next value, which is {@code true}, {@code false} or {@code null}. */
  public void literal() throws JsonSyntaxException {
    peek();
    int from = scalars.position();
    scalars.any();
    scalars.select(from, scalars.position());
  }

  /** The last number as a count; -1 where it is none. */
  public int lastCount() {
    return scalars.count();
  }

  /** Whether the last scalar's content, escapes resolved, is {@code value}. */
  public boolean textIs(JsonKey value) {
    return scalars.escaped()
        ? Arrays.equals(text().getBytes(StandardCharsets.UTF_8), value.bytes)
        : valueIs(value);
  }

  /** True if the next value is an object or an array; its bytes are between start and stop. */
  public boolean composite() throws JsonSyntaxException {
    int next = peek();
    int from = scalars.position();
    pass();
    if (next != '{' && next != '[') {
      return false;
    }
    scalars.select(from, scalars.position());
    return true;
  }

  public byte[] bytes() {
    return bytes;
  }

  /** Where the last scalar's content begins, quotes left out. */
  public int start() {
    return scalars.start();
  }

  /** Where the last scalar's content ends. */
  public int stop() {
    return scalars.stop();
  }

  public boolean isEmpty() {
    return start() == stop();
  }

  /** The last scalar's content, escapes resolved. */
  public String text() {
    return JsonText.decode(bytes, start(), stop() - start());
  }

  /** Passes over a value that, whatever it is, changes nothing of what is told. */
  public void skip() throws JsonSyntaxException {
    int next = peek();
    if (next == '{' || next == '[') {
      composite(next, true);
    } else {
      scalars.any();
      skipped.add(next, scalars.start(), scalars.stop());
    }
  }

  /** The scalars that were passed over by {@link #skip}. */
  SkippedScalars skipped() {
    return skipped;
  }

  /** Passes over any value; that it is what it is may matter to the caller. */
  private void pass() throws JsonSyntaxException {
    int next = peek();
    if (next == '{' || next == '[') {
      composite(next, false);
    } else {
      scalars.any();
    }
  }

  private void composite(int open, boolean freely) throws JsonSyntaxException {
    boolean object = open == '{';
    boolean more = object ? firstKey() : firstElement();
    while (more) {
      if (freely) {
        skip();
      } else {
        pass();
      }
      more = object ? nextKey() : nextElement();
    }
  }

  private boolean enter(char open, char close) throws JsonSyntaxException {
    if (peek() != open) {
      pass();
      return false;
    }
    if (++depth > MAX_DEPTH) {
      throw new JsonSyntaxException("JSON nested deeper than " + MAX_DEPTH + " levels");
    }
    scalars.advance();
    return !closes(close);
  }

  private boolean another(char close) throws JsonSyntaxException {
    int next = peek();
    if (next == ',') {
      scalars.advance();
      return true;
    }
    if (closes(close)) {
      return false;
    }
    throw scalars.unexpected("',' or '" + close + "'");
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
      keyLength = key.length;
    } else {
      key = bytes;
      keyStart = start();
      keyLength = stop() - keyStart;
    }
    keyHead = Words.head(key, keyStart, keyLength);
    if (peek() != ':') {
      throw scalars.unexpected("':'");
    }
    scalars.advance();
    return true;
  }
}
