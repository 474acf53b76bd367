package dev.candor.protocol.body;

import java.nio.charset.StandardCharsets;

/** Says in a few words what a body that is not the dialect holds. */
final class BodyExcerpt {
  private static final int MAX_CHARACTERS = 80;

  private BodyExcerpt() {}

  /** The kind of the body and its beginning: {@code HTML ("<html>...")}. */
  static String describe(byte[] body, int offset, int length) {
    int first = firstVisible(body, offset, offset + length);
    if (first == offset + length) {
      return "an empty body";
    }
    String kind =
        switch (body[first]) {
          case '<' -> "HTML";
          case '{', '[' -> "JSON";
          default -> "text";
        };
    String beginning = beginning(body, first, offset + length - first, MAX_CHARACTERS);
    return kind + " (\"" + beginning + "\")";
  }

  /** The first characters on one line, control characters out. */
  static String beginning(byte[] body, int offset, int length, int maxCharacters) {
    // Four bytes a character at most, and some room for blanks that are squeezed.
    int window = Math.min(length, 8 * maxCharacters);
    String text =
        new String(body, offset, window, StandardCharsets.UTF_8)
            .replaceAll("[\\p{Cntrl}\\s]+", " ")
            .strip();
    int count = text.codePointCount(0, text.length());
    if (count > maxCharacters) {
      return text.substring(0, text.offsetByCodePoints(0, maxCharacters)) + "...";
    }
    return window < length ? text + "..." : text;
  }

  /** The first byte that is neither blank nor part of a byte order mark; {@code end} if none. */
  static int firstVisible(byte[] body, int from, int end) {
    int i = from;
    while (i < end && isInvisible(body[i])) {
      i++;
    }
    return i;
  }

  private static boolean isInvisible(byte b) {
    return switch (b) {
      case ' ', '\t', '\r', '\n', (byte) 0xEF, (byte) 0xBB, (byte) 0xBF -> true;
      default -> false;
    };
  }
}
