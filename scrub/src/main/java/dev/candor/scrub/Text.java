package dev.candor.scrub;

import java.util.Arrays;

/**
 * The characters that are searched, readable past both ends. <b>For one thread</b>; used again for
 * the next text.
 */
final class Text {
  private static final byte[] CLASS = new byte[128];

  static final byte OTHER = 0;
  static final byte LOWER = 1;
  static final byte UPPER = 2;
  static final byte DIGIT = 3;

  static {
    Arrays.fill(CLASS, 'a', 'z' + 1, LOWER);
    Arrays.fill(CLASS, 'A', 'Z' + 1, UPPER);
    Arrays.fill(CLASS, '0', '9' + 1, DIGIT);
  }

  private char[] chars = new char[4096];
  private int length;
  private int from;

  /** {@code context} stands before {@code text} and is read, but nothing is found in it. */
  void set(String context, String text) {
    from = context.length();
    length = from + text.length();
    if (chars.length < length) {
      chars = new char[Math.max(length, 2 * chars.length)];
    }
    context.getChars(0, from, chars, 0);
    text.getChars(0, text.length(), chars, from);
  }

  /** Where the context ends. */
  int from() {
    return from;
  }

  int length() {
    return length;
  }

  /** The character at {@code i}, 0 where there is none. */
  char at(int i) {
    return i >= 0 && i < length ? chars[i] : 0;
  }

  static byte classOf(char c) {
    if (c < 128) {
      return CLASS[c];
    }
    if (!Character.isLetterOrDigit(c)) {
      return OTHER;
    }
    return Character.isUpperCase(c) ? UPPER : LOWER;
  }

  boolean word(int i) {
    return classOf(at(i)) != OTHER;
  }

  boolean letter(int i) {
    byte kind = classOf(at(i));
    return kind == LOWER || kind == UPPER;
  }

  boolean upper(int i) {
    return classOf(at(i)) == UPPER;
  }

  boolean digit(int i) {
    char c = at(i);
    return c >= '0' && c <= '9';
  }

  boolean hex(int i) {
    return Character.digit(at(i), 16) >= 0 && at(i) < 128;
  }

  /** A space, also one that forbids a line break, but no line break. */
  boolean blank(int i) {
    char c = at(i);
    return c == ' ' || c == '\u00a0' || c == '\u202f' || c == '\t';
  }

  /** Whether {@code what} stands at {@code i}. */
  boolean has(int i, String what) {
    if (i < 0 || i + what.length() > length) {
      return false;
    }
    for (int k = 0; k < what.length(); k++) {
      if (chars[i + k] != what.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  /** As {@link #has}, whatever the case; {@code what} is in lower case. */
  boolean hasIgnoringCase(int i, String what) {
    if (i < 0 || i + what.length() > length) {
      return false;
    }
    for (int k = 0; k < what.length(); k++) {
      if (Character.toLowerCase(chars[i + k]) != what.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  int wordEnd(int i) {
    int end = i;
    while (end < length && classOf(chars[end]) != OTHER) {
      end++;
    }
    return end;
  }

  int digitsEnd(int i) {
    int end = i;
    while (digit(end)) {
      end++;
    }
    return end;
  }

  int blanksEnd(int i) {
    int end = i;
    while (blank(end)) {
      end++;
    }
    return end;
  }

  String slice(int start, int end) {
    return new String(chars, start, end - start);
  }
}
