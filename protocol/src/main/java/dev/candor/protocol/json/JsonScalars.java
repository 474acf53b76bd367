package dev.candor.protocol.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the strings, numbers and literals of one JSON text in place, and holds the position. <b>For
 * one thread.</b>
 */
final class JsonScalars {
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[0];
  private int origin;
  private int position;
  private int end;
  private int start;
  private int stop;
  private boolean escaped;
  private final @Nullable JsonSyntaxException quietFailure;

  JsonScalars() {
    this(false);
  }

  /**
   * @param quiet failures come without a message, for a caller who only wants to know that there is
   *     one
   */
  JsonScalars(boolean quiet) {
    quietFailure = quiet ? new JsonSyntaxException("invalid JSON") : null;
  }

  void open(byte[] source, int from, int to) {
    bytes = source;
    origin = from;
    position = from;
    end = to;
  }

  int peek() {
    while (position < end) {
      byte b = bytes[position];
      if (b > ' ' || (b != ' ' && b != '\n' && b != '\r' && b != '\t')) {
        return b & 0xFF;
      }
      position++;
    }
    return -1;
  }

  int position() {
    return position;
  }

  /** Makes {@code [from, to)} the last value. */
  void select(int from, int to) {
    escaped = false;
    start = from;
    stop = to;
  }

  void advance() {
    position++;
  }

  int start() {
    return start;
  }

  int stop() {
    return stop;
  }

  /** Whether the last string has an escape. */
  boolean escaped() {
    return escaped;
  }

  void any() throws JsonSyntaxException {
    int next = peek();
    switch (next) {
      case '"' -> string();
      case 't' -> literal(TRUE);
      case 'f' -> literal(FALSE);
      case 'n' -> literal(NULL);
      default -> {
        if (next != '-' && !digit()) {
          throw unexpected("a value");
        }
        number();
      }
    }
  }

  /** The string whose opening quote is next. */
  void string() throws JsonSyntaxException {
    position++;
    content();
  }

  /** The rest of a string, its closing quote included, of which the next byte is content. */
  void content() throws JsonSyntaxException {
    start = position;
    escaped = false;
    while (true) {
      position = Words.plainEnd(bytes, position, end);
      if (position >= end) {
        throw unexpected("'\"'");
      }
      byte b = bytes[position];
      if (b == '"') {
        stop = position++;
        return;
      }
      if (b == '\\') {
        escape();
      } else if (b < 0) {
        characters();
      } else {
        throw unexpected("an escaped control character");
      }
    }
  }

  /** A run of characters beyond ASCII. */
  private void characters() throws JsonSyntaxException {
    do {
      position = utf8Character();
    } while (position < end && bytes[position] < 0);
  }

  private void escape() throws JsonSyntaxException {
    escaped = true;
    position++;
    int kind = position < end ? bytes[position] : -1;
    switch (kind) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> position++;
      case 'u' -> {
        position++;
        for (int i = 0; i < 4; i++, position++) {
          if (position >= end || Character.digit(bytes[position], 16) < 0) {
            throw unexpected("a hexadecimal digit");
          }
        }
      }
      default -> throw unexpected("an escape");
    }
  }

  /** Unicode standard, table 3-7: no overlong form, no surrogate, nothing past U+10FFFF. */
  private int utf8Character() throws JsonSyntaxException {
    int lead = bytes[position] & 0xFF;
    int length;
    int low = 0x80;
    int high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
      length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      length = 3;
      low = lead == 0xE0 ? 0xA0 : low;
      high = lead == 0xED ? 0x9F : high;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      length = 4;
      low = lead == 0xF0 ? 0x90 : low;
      high = lead == 0xF4 ? 0x8F : high;
    } else {
      throw invalidUtf8();
    }
    if (length > end - position) {
      throw invalidUtf8();
    }
    for (int i = position + 1; i < position + length; i++) {
      int next = bytes[i] & 0xFF;
      if (next < low || next > high) {
        throw invalidUtf8();
      }
      low = 0x80;
      high = 0xBF;
    }
    return position + length;
  }

  /** The number whose sign or first digit is next. */
  void number() throws JsonSyntaxException {
    start = position;
    escaped = false;
    if (position < end && bytes[position] == '-') {
      position++;
    }
    if (position < end && bytes[position] == '0') {
      position++;
    } else {
      digits();
    }
    if (position < end && bytes[position] == '.') {
      position++;
      digits();
    }
    if (position < end && (bytes[position] == 'e' || bytes[position] == 'E')) {
      position++;
      if (position < end && (bytes[position] == '+' || bytes[position] == '-')) {
        position++;
      }
      digits();
    }
    stop = position;
  }

  /** The last number as a count; -1 where it is none. */
  int count() {
    long value = 0;
    for (int i = start; i < stop; i++) {
      int digit = bytes[i] - '0';
      value = value * 10 + digit;
      if (digit < 0 || digit > 9 || value > Integer.MAX_VALUE) {
        return -1;
      }
    }
    return (int) value;
  }

  private void digits() throws JsonSyntaxException {
    if (!digit()) {
      throw unexpected("a digit");
    }
    while (digit()) {
      position++;
    }
  }

  private boolean digit() {
    return position < end && bytes[position] >= '0' && bytes[position] <= '9';
  }

  private void literal(byte[] word) throws JsonSyntaxException {
    for (byte letter : word) {
      if (position >= end || bytes[position] != letter) {
        throw unexpected(new String(word, StandardCharsets.US_ASCII));
      }
      position++;
    }
  }

  JsonSyntaxException unexpected(String expected) {
    if (quietFailure != null) {
      return quietFailure;
    }
    String found;
    if (position >= end) {
      found = "the end";
    } else {
      int b = bytes[position] & 0xFF;
      found = b > ' ' && b < 0x7F ? "'" + (char) b + "'" : String.format("byte 0x%02X", b);
    }
    return new JsonSyntaxException(
        "invalid JSON at byte "
            + (position - origin)
            + ": found "
            + found
            + ", expected "
            + expected);
  }

  private JsonSyntaxException invalidUtf8() {
    return quietFailure != null
        ? quietFailure
        : new JsonSyntaxException("invalid UTF-8 at byte " + (position - origin));
  }
}
