package dev.candor.scrub;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Texts in base64, of which only those are decoded that come out as text. */
final class EncodedTexts {
  private static final int LEAST = 16;
  private static final int LONGEST = 65_536;

  private EncodedTexts() {}

  /** Whether it decodes to {@code name:password}. */
  static boolean holdsColon(String value) {
    return decoded(value, 8).indexOf(':') > 0;
  }

  /** The text that {@code value} encodes, empty where it encodes none. */
  static String decoded(String value) {
    return decoded(value, LEAST);
  }

  private static String decoded(String value, int least) {
    if (value.length() < least || value.length() > LONGEST) {
      return "";
    }
    // Images and ciphers show within a few characters that they are no text.
    if (value.length() > 64 && !printable(bytes(value.substring(0, 64)))) {
      return "";
    }
    byte[] bytes = bytes(value);
    return printable(bytes) ? new String(bytes, StandardCharsets.UTF_8) : "";
  }

  private static byte[] bytes(String value) {
    String standard = value.replace('-', '+').replace('_', '/').replace("=", "");
    int whole = standard.length() % 4 == 1 ? standard.length() - 1 : standard.length();
    try {
      return Base64.getDecoder().decode(standard.substring(0, whole));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** Only characters that a text in UTF-8 may have. */
  private static boolean printable(byte[] bytes) {
    for (byte b : bytes) {
      if ((b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') || b == 127) {
        return false;
      }
    }
    int letters = 0;
    for (byte b : bytes) {
      letters += b > 0 ? 1 : 0;
    }
    return bytes.length > 0 && letters * 10 >= bytes.length * 9;
  }
}
