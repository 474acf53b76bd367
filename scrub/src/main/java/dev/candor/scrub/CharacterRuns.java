package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;

/**
 * Long runs of letters, digits and a few signs without a space. Of random characters about six in
 * ten differ in class (small, capital, digit) from the one before; of names in code three in ten at
 * most.
 */
final class CharacterRuns {
  private static final int LEAST = 20;

  /** Longer ones are data (images, vectors), not keys. */
  private static final int LONGEST = 128;

  private static final double LEAST_CHANGES = 0.42;
  private static final double LEAST_BITS = 3.4;

  /** Ids that providers give to answers, calls and files: no secrets. */
  private static final String[] HARMLESS = {
    "chatcmpl-", "cmpl-", "call_", "msg_", "resp_", "req_", "run_", "thread_", "asst_", "file-",
    "batch_", "toolu_", "step_", "sha256-", "sha384-", "sha512-", "sha512:", "evt_", "fc_", "rs_"
  };

  private CharacterRuns() {}

  static int end(Text text, int start) {
    int end = start;
    while (text.at(end) < 128 && (text.word(end) || sign(text.at(end)))) {
      end++;
    }
    while (end > start && text.at(end - 1) == '-') {
      end--;
    }
    return end;
  }

  private static boolean sign(char c) {
    return c == '-' || c == '_' || c == '+' || c == '/' || c == '=';
  }

  /** Judges the run from {@code start} to {@code end}; whether it, as a whole, is a secret. */
  static void find(Text text, int start, int end, boolean inUrl, Findings findings) {
    for (String harmless : HARMLESS) {
      if (text.has(start, harmless)) {
        return;
      }
    }
    // AWS's secret keys are 40 characters of base64; other slashes are those of paths.
    if (end - start == 40 && !inUrl && random(text, start, end)) {
      add(text, start, end, findings);
      return;
    }
    int part = start;
    for (int i = start; i <= end; i++) {
      if (i == end || text.at(i) == '/' || text.at(i) == '=') {
        if (i - part >= LEAST && i - part <= LONGEST && random(text, part, i)) {
          add(text, part, i == end ? withDotted(text, i) : i, findings);
        }
        part = i + 1;
      }
    }
  }

  /**
   * Letters alone that change between small and capital as random ones do, and names in code do
   * not.
   */
  static boolean mixed(String letters) {
    int changes = 0;
    for (int i = 1; i < letters.length(); i++) {
      changes += Text.classOf(letters.charAt(i)) != Text.classOf(letters.charAt(i - 1)) ? 1 : 0;
    }
    return changes >= 0.36 * (letters.length() - 1);
  }

  /** Tokens of several parts: what follows after a dot and is no word. */
  private static int withDotted(Text text, int end) {
    int to = end;
    while (text.at(to) == '.') {
      int next = to + 1;
      boolean mixed = false;
      while (text.at(next) < 128
          && (text.word(next) || text.at(next) == '-' || text.at(next) == '_')) {
        mixed |= text.digit(next) || (next > to + 1 && text.upper(next));
        next++;
      }
      if (!mixed) {
        break;
      }
      to = next;
    }
    return to;
  }

  private static boolean adjacentCapitals(Text text, int start, int end) {
    for (int i = start + 1; i < end; i++) {
      if (text.upper(i) && text.upper(i - 1)) {
        return true;
      }
    }
    return false;
  }

  private static void add(Text text, int start, int end, Findings findings) {
    boolean marked = Mark.on(text.slice(start, end));
    findings.add(Kind.SECRET, start, end, marked ? Standing.PSEUDONYM : Standing.REAL);
  }

  private static boolean random(Text text, int start, int end) {
    int[] counts = new int[128];
    int[] classes = new int[4];
    int changes = 0;
    byte before = -1;
    for (int i = start; i < end; i++) {
      char c = text.at(i);
      counts[c]++;
      byte kind = Text.classOf(c);
      classes[kind]++;
      changes += before >= 0 && kind != before ? 1 : 0;
      before = kind;
    }
    int length = end - start;
    if (classes[Text.DIGIT] == 1
        && classes[Text.OTHER] == 0
        && !adjacentCapitals(text, start, end)) {
      // Http2StreamFrameToHttpObjectCodec
      return false;
    }
    if (classes[Text.DIGIT] < 1
        || classes[Text.LOWER] < 2
        || classes[Text.UPPER] < 2
        || classes[Text.OTHER] * 5 > length
        || changes < LEAST_CHANGES * (length - 1)) {
      return false;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / length;
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits >= LEAST_BITS;
  }
}
