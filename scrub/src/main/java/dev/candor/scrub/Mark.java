package dev.candor.scrub;

/**
 * The mark by which verification tells a pseudonym from a real value without the key: its last
 * letters and digits follow from those before them. A real value has it by chance once in 100
 * (digits) to 17,576 (letters); scrubbing replaces that one all the same, only verification would
 * pass over it.
 */
final class Mark {
  private Mark() {}

  /** Sets the last two or three letters or digits; each stays what it is, letter or digit. */
  static void stamp(char[] value) {
    int marked = marked(value);
    int hash = 17;
    int seen = 0;
    int count = count(value);
    for (int i = 0; i < value.length; i++) {
      byte kind = value[i] < 128 ? Text.classOf(value[i]) : Text.OTHER;
      if (kind == Text.OTHER) {
        continue;
      }
      if (seen >= count - marked) {
        value[i] = follower(kind, hash);
      }
      hash = hash * 31 + value[i];
      seen++;
    }
  }

  static boolean on(String value) {
    char[] stamped = value.toCharArray();
    if (count(stamped) < 5) {
      return false;
    }
    stamp(stamped);
    return value.contentEquals(java.nio.CharBuffer.wrap(stamped));
  }

  private static int marked(char[] value) {
    return count(value) < 12 ? 2 : 3;
  }

  private static int count(char[] value) {
    int count = 0;
    for (char c : value) {
      if (c < 128 && Text.classOf(c) != Text.OTHER) {
        count++;
      }
    }
    return count;
  }

  private static char follower(byte kind, int hash) {
    int spread = (hash * 0x9E3779B1) >>> 8;
    return switch (kind) {
      case Text.DIGIT -> (char) ('0' + spread % 10);
      case Text.UPPER -> (char) ('A' + spread % 26);
      default -> (char) ('a' + spread % 26);
    };
  }
}
