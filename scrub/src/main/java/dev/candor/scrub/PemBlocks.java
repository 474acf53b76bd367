package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;

/**
 * Private keys between BEGIN and END lines, of PKCS, OpenSSH and PGP. Line breaks may be written as
 * {@code \n}. Where the END is missing, the key goes on as long as its characters do.
 */
final class PemBlocks {
  private static final int LONGEST = 64 << 10;

  private PemBlocks() {}

  /**
   * Looks at the dashes at {@code start}; returns where to go on, {@code start} if it is nothing.
   */
  static int find(Text text, int start, Findings findings) {
    if (!text.has(start, "-----BEGIN ")) {
      return start;
    }
    int label = start + 11;
    int labelEnd = label;
    while (labelEnd - label < 40
        && (text.upper(labelEnd) || text.digit(labelEnd) || text.at(labelEnd) == ' ')) {
      labelEnd++;
    }
    String name = text.slice(label, labelEnd);
    if (!name.contains("PRIVATE KEY") || !text.has(labelEnd, "-----")) {
      return start;
    }
    int body = labelEnd + 5;
    int end = body;
    int lastKey = body;
    while (end < text.length() && end - body < LONGEST) {
      if (text.has(end, "-----END")) {
        break;
      }
      char c = text.at(end);
      if (keyCharacter(text, end)) {
        lastKey = end + 1;
      } else if (!text.word(end)
          && c > ' '
          && c != '\\'
          && c != '"'
          && c != ':'
          && c != ','
          && c != '('
          && c != ')'
          && c != '.') {
        break;
      }
      // Words between single spaces are prose: the key was cut off before them.
      if (c == ' ' && text.letter(end + 1) && text.letter(end - 1) && prose(text, end + 1)) {
        lastKey = Math.min(lastKey, lineStart(text, end, body));
        break;
      }
      end++;
    }
    if (lastKey - body < 8) {
      return body;
    }
    boolean marked = Mark.on(text.slice(body, lastKey).replace("\\n", "\n").replace("\\r", ""));
    findings.add(Kind.PRIVATE_KEY, body, lastKey, marked ? Standing.PSEUDONYM : Standing.REAL);
    return lastKey;
  }

  /** Of a key itself; escapes of line breaks and the dashes of the END line are none. */
  private static boolean keyCharacter(Text text, int i) {
    char c = text.at(i);
    boolean escape = (c == 'n' || c == 'r') && text.at(i - 1) == '\\';
    return (c < 128 && text.word(i) && !escape) || c == '+' || c == '/' || c == '=';
  }

  /** A header such as {@code Proc-Type: 4,ENCRYPTED} has a colon in its line. */
  private static boolean prose(Text text, int word) {
    int end = text.wordEnd(word);
    return end - word < 16 && text.blank(end) && text.letter(end + 1);
  }

  private static int lineStart(Text text, int at, int least) {
    int start = at;
    while (start > least
        && text.at(start - 1) != '\n'
        && !(text.at(start - 1) == 'n' && text.at(start - 2) == '\\')) {
      start--;
    }
    return start;
  }
}
