package dev.candor.protocol.serve;

/**
 * Texts as JSON strings. Beyond what JSON must escape, line ends that only some stream parsers know
 * (U+0085, U+2028, U+2029) and surrogates without their partner, which UTF-8 has no form for.
 */
final class JsonStrings {
  private static final char[] HEXADECIMAL = "0123456789abcdef".toCharArray();

  private JsonStrings() {}

  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    append(text, quoted);
    return quoted.append('"').toString();
  }

  /** Appends the content of the string, without its quotes. */
  static void append(String text, StringBuilder out) {
    int length = text.length();
    int from = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (isEscaped(c)) {
        out.append(text, from, i);
        escape(c, out);
        from = i + 1;
      }
    }
    out.append(text, from, length);
  }

  private static boolean isEscaped(char c) {
    return c < 0xA0 || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c);
  }

  private static void escape(char c, StringBuilder out) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default ->
          out.append("\\u")
              .append(HEXADECIMAL[c >> 12])
              .append(HEXADECIMAL[c >> 8 & 0xF])
              .append(HEXADECIMAL[c >> 4 & 0xF])
              .append(HEXADECIMAL[c & 0xF]);
    }
  }
}
