package dev.candor.protocol.json;

import java.nio.charset.StandardCharsets;

/** Text out of the raw content of a JSON string, as {@code onText} hands it over. */
public final class JsonText {
  private JsonText() {}

  /**
   * Resolves the escapes, surrogates by {@code \\u} included. A surrogate without its partner stays
   * as it is, an incomplete escape stays literal, and invalid UTF-8 becomes U+FFFD.
   */
  public static String decode(byte[] escaped, int offset, int length) {
    int end = offset + length;
    int slash = backslash(escaped, offset, end);
    if (slash == end) {
      return new String(escaped, offset, length, StandardCharsets.UTF_8);
    }
    StringBuilder text = new StringBuilder(length);
    int from = offset;
    while (slash < end) {
      text.append(new String(escaped, from, slash - from, StandardCharsets.UTF_8));
      from = slash + escape(escaped, slash, end, text);
      slash = backslash(escaped, from, end);
    }
    return text.append(new String(escaped, from, end - from, StandardCharsets.UTF_8)).toString();
  }

  private static int backslash(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i] != '\\') {
      i++;
    }
    return i;
  }

  /** Appends what the escape at {@code slash} means; returns its length. */
  private static int escape(byte[] bytes, int slash, int end, StringBuilder text) {
    int kind = slash + 1 < end ? bytes[slash + 1] : -1;
    switch (kind) {
      case '"', '\\', '/' -> text.append((char) kind);
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'u' -> {
        int unit = hexadecimal(bytes, slash + 2, end);
        if (unit >= 0) {
          text.append((char) unit);
          return 6;
        }
        text.append("\\u");
      }
      default -> {
        text.append('\\');
        return 1;
      }
    }
    return 2;
  }

  private static int hexadecimal(byte[] bytes, int from, int end) {
    if (end - from < 4) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
