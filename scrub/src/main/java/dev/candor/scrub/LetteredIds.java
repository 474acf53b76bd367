package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;

/**
 * National identifiers with letters: UK NINO, Spanish DNI and NIE, Italian codice fiscale;
 * passports by a word.
 */
final class LetteredIds {
  private static final String SPANISH = "TRWAGMYFPDXBNJZSQVHLCKE";
  private static final int[] ODD = {
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
  };
  private static final int NEAR = 30;

  private LetteredIds() {}

  /**
   * Looks at the word from {@code start} to {@code end}; returns where an identifier ends, else
   * start.
   */
  static int find(Text text, int start, int end, Cues cues, Findings findings) {
    int length = end - start;
    if (length == 16 && codiceFiscale(text, start)) {
      return found(text, start, end, findings);
    }
    if (length == 9 && (dni(text, start) || nie(text, start))) {
      return found(text, start, end, findings);
    }
    if (length == 8
        && text.digitsEnd(start) == end
        && text.at(end) == '-'
        && text.wordEnd(end + 1) == end + 2
        && control(text.slice(start, end)) == text.at(end + 1)) {
      return found(text, start, end + 2, findings);
    }
    int nino = nino(text, start);
    if (nino > start) {
      boolean reserved = text.has(start, "QQ");
      findings.add(Kind.NATIONAL_ID, start, nino, reserved ? Standing.RESERVED : Standing.REAL);
      return nino;
    }
    boolean passport =
        length >= 7
            && length <= 10
            && cues.near(Cue.ID, start, NEAR)
            && text.upper(start)
            && digits(text, start, end) >= 5
            && capitals(text, start, end);
    if (passport) {
      return found(text, start, end, findings);
    }
    return start;
  }

  private static int found(Text text, int start, int end, Findings findings) {
    boolean marked = Mark.on(text.slice(start, end));
    findings.add(Kind.NATIONAL_ID, start, end, marked ? Standing.PSEUDONYM : Standing.REAL);
    return end;
  }

  private static int digits(Text text, int start, int end) {
    int digits = 0;
    for (int i = start; i < end; i++) {
      digits += text.digit(i) ? 1 : 0;
    }
    return digits;
  }

  private static boolean capitals(Text text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!text.digit(i) && !(text.at(i) >= 'A' && text.at(i) <= 'Z')) {
        return false;
      }
    }
    return true;
  }

  private static char control(String digits) {
    return SPANISH.charAt(Integer.parseInt(digits) % SPANISH.length());
  }

  private static boolean dni(Text text, int start) {
    return text.digitsEnd(start) == start + 8
        && control(text.slice(start, start + 8)) == text.at(start + 8);
  }

  private static boolean nie(Text text, int start) {
    int first = "XYZ".indexOf(text.at(start));
    return first >= 0
        && text.digitsEnd(start + 1) == start + 8
        && control(first + text.slice(start + 1, start + 8)) == text.at(start + 8);
  }

  /** Two letters, six digits in pairs, a letter from A to D; spaces may stand between. */
  private static int nino(Text text, int start) {
    char first = text.at(start);
    char second = text.at(start + 1);
    boolean example = first == 'Q' && second == 'Q';
    if (!(first >= 'A' && first <= 'Z' && second >= 'A' && second <= 'Z')
        || (!example && ("DFIQUV".indexOf(first) >= 0 || "DFIQUVO".indexOf(second) >= 0))
        || " BG GB KN NK NT TN ZZ ".contains(text.slice(start, start + 2) + " ")) {
      return start;
    }
    int end = start + 2;
    for (int pair = 0; pair < 3; pair++) {
      end += text.at(end) == ' ' ? 1 : 0;
      if (!text.digit(end) || !text.digit(end + 1)) {
        return start;
      }
      end += 2;
    }
    end += text.at(end) == ' ' ? 1 : 0;
    char last = text.at(end);
    return last >= 'A' && last <= 'D' && !text.word(end + 1) ? end + 1 : start;
  }

  /** Agenzia delle Entrate: six letters, year, month letter, day, place, control letter. */
  private static boolean codiceFiscale(Text text, int start) {
    String code = text.slice(start, start + 16);
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      char c = code.charAt(i);
      boolean digit = i == 6 || i == 7 || i == 9 || i == 10 || (i >= 12 && i <= 14);
      if (digit ? c < '0' || c > '9' : c < 'A' || c > 'Z') {
        return false;
      }
      int value = digit ? c - '0' : c - 'A';
      sum += i % 2 == 0 ? ODD[value] : value;
    }
    return "ABCDEHLMPRST".indexOf(code.charAt(8)) >= 0 && code.charAt(15) == 'A' + sum % 26;
  }
}
