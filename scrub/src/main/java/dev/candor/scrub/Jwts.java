package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;

/**
 * JSON web tokens, also encrypted ones and those that were cut off: two parts or more, of which the
 * first is a JSON object's.
 */
final class Jwts {
  private static final int LEAST = 8;
  private static final int LONGEST_HEADER = 2048;
  private static final int LONGEST = 16 << 10;

  private Jwts() {}

  /** Looks at the word at {@code start}; returns the end of a token, else {@code start}. */
  static int find(Text text, int start, Findings findings) {
    if (!text.has(start, "eyJ")) {
      return start;
    }
    int end = start;
    int parts = 0;
    while (true) {
      int part = end;
      while (end - part < (parts == 0 ? LONGEST_HEADER : LONGEST)
          && text.at(end) < 128
          && (text.word(end) || text.at(end) == '_' || text.at(end) == '-')) {
        end++;
      }
      if (end - part < (parts == 0 ? LEAST : 1)) {
        end = part;
        break;
      }
      parts++;
      if (text.at(end) != '.' || parts == 5) {
        break;
      }
      end++;
    }
    while (end > start && text.at(end - 1) == '.') {
      end--;
    }
    if (parts < 2 || end - start < 20) {
      return start;
    }
    boolean marked = Mark.on(text.slice(start, end));
    findings.add(Kind.JWT, start, end, marked ? Standing.PSEUDONYM : Standing.REAL);
    return end;
  }
}
