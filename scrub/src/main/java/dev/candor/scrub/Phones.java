package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;

/** Telephone numbers: international with a plus or 00, national by their form, others by a word. */
final class Phones {
  private static final int NEAR = 24;

  /**
   * Digits that a country code may begin with, by ITU-T E.164; those of three digits by their first
   * two.
   */
  private static final String ONE = "17";

  private static final String TWO =
      " 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64"
          + " 65 66 81 82 84 86 90 91 92 93 94 95 98 ";
  private static final String THREE_BY_TWO =
      " 21 22 23 24 25 26 29 35 37 38 42 50 59 67 68 69 85 88 96 97 99 ";

  private Phones() {}

  /** Looks at the plus sign at {@code plus}; returns the end of a number, else {@code plus}. */
  static int findInternational(Text text, int plus, Findings findings) {
    if (text.word(plus - 1) || !text.digit(plus + 1) || text.at(plus + 1) == '0') {
      return plus;
    }
    StringBuilder digits = new StringBuilder();
    int end = readDigits(text, plus + 1, 16, digits);
    return judged(text, plus, end, digits.toString(), 8, findings) ? end : plus;
  }

  /** Looks at a parenthesis before a digit; returns the end of a number, else {@code open}. */
  static int findParenthesised(Text text, int open, Findings findings) {
    int close = text.digitsEnd(open + 1);
    int area = close - open - 1;
    if (text.at(close) != ')' || area < 2 || area > 5 || text.word(open - 1)) {
      return open;
    }
    StringBuilder digits = new StringBuilder();
    int end = readDigits(text, open + 1, area == 3 && text.at(open + 1) != '0' ? 10 : 15, digits);
    char first = digits.charAt(0);
    boolean american =
        area == 3
            && digits.length() == 10
            && first >= '2'
            && (digits.charAt(3) >= '2' || digits.indexOf("999") == 0);
    boolean withZero = first == '0' && digits.length() >= 9 && digits.length() <= 12;
    boolean brazilian =
        area == 2 && first != '0' && (digits.length() == 10 || digits.length() == 11);
    if (!(american || withZero || brazilian) || text.word(end)) {
      return open;
    }
    findings.add(Kind.PHONE, open, end, standing(digits.toString()));
    return end;
  }

  /** The end of the number that begins with group {@code first}, 0 where there is none. */
  static int findNational(Text text, DigitGroups groups, int first, Cues cues, Findings findings) {
    int last = groups.count() - 1;
    int start = groups.start(first);
    int end = groups.end(last);
    boolean named = cues.near(Cue.PHONE, start, NEAR);
    if (text.word(end) || text.at(end) == '%' || (text.at(end) == ':' && text.digit(end + 1))) {
      return 0;
    }
    String digits = groups.digits(text, first, last);
    if (first == 0 && digits.startsWith("00") && digits.length() >= 11 && (last > first || named)) {
      return judged(text, start, end, digits.substring(2), 9, findings) ? end : 0;
    }
    // "the" American form may be followed by another group: take three.
    if (groups.shaped(first, 3, 3, 4) && american(text, groups, first)) {
      end = groups.end(first + 2);
      findings.add(Kind.PHONE, start, end, standing(groups.digits(text, first, first + 2)));
      return end;
    }
    if (groups.shaped(first, 1, 3, 3, 4)
        && text.at(start) == '1'
        && american(text, groups, first + 1)) {
      end = groups.end(first + 3);
      findings.add(Kind.PHONE, start, end, standing(groups.digits(text, first, first + 3)));
      return end;
    }
    boolean right =
        first == 0
            && (named
                ? named(text, groups, digits)
                : withZero(groups, digits) || chinese(groups, digits));
    if (right) {
      findings.add(Kind.PHONE, start, end, standing(digits));
      return end;
    }
    return 0;
  }

  private static boolean american(Text text, DigitGroups groups, int first) {
    boolean reserved = groups.number(text, first) == 0;
    return (reserved
            || (text.at(groups.start(first)) >= '2' && text.at(groups.start(first + 1)) >= '2'))
        && groups.evenlySeparated(text, first, first + 2)
        && text.at(groups.end(first)) != '/';
  }

  /** An area code with its zero, then groups of two digits or more. */
  private static boolean withZero(DigitGroups groups, String digits) {
    if (groups.count() < 2
        || groups.count() > 5
        || digits.length() < 9
        || digits.length() > 12
        || digits.charAt(0) != '0'
        || (digits.charAt(1) == '0' && digits.charAt(2) != '0')) {
      return false;
    }
    for (int i = 0; i < groups.count(); i++) {
      if (groups.length(i) < 2) {
        return false;
      }
    }
    // Not a date: 07.11.2026 09
    return !(groups.shaped(0, 2, 2, 4) || groups.shaped(0, 4, 2, 2));
  }

  private static boolean chinese(DigitGroups groups, String digits) {
    return groups.count() == 3
        && groups.shaped(0, 3, 4, 4)
        && ((digits.charAt(0) == '1' && digits.charAt(1) >= '3') || digits.startsWith("999"));
  }

  private static boolean named(Text text, DigitGroups groups, String digits) {
    boolean date = groups.count() == 3 && (groups.shaped(0, 2, 2, 4) || groups.shaped(0, 4, 2, 2));
    return digits.length() >= 7
        && digits.length() <= 15
        && !date
        && (groups.count() == 1
            || !groups.separatedBy(text, '.', 0, groups.count() - 1)
            || digits.length() >= 9);
  }

  /** Reads on over separators that phone numbers have; returns the end after the last digit. */
  private static int readDigits(Text text, int start, int most, StringBuilder digits) {
    int at = start;
    int end = start;
    while (digits.length() < most) {
      char c = text.at(at);
      if (text.digit(at)) {
        digits.append(c);
        end = ++at;
      } else if (c == ' '
          || c == '-'
          || c == '.'
          || c == '/'
          || c == '('
          || c == ')'
          || c == '\u00a0'
          || c == '\u202f'
          || c == '\u2011') {
        at++;
        if (at - end > 2) {
          return end;
        }
      } else {
        return end;
      }
    }
    return end;
  }

  private static boolean judged(
      Text text, int start, int end, String digits, int fewest, Findings findings) {
    if (digits.length() < fewest || digits.length() > 15 || text.word(end)) {
      return false;
    }
    boolean reserved = digits.startsWith("999");
    boolean separated = end - start > digits.length() + 2;
    if (!reserved && (!assigned(digits) || (!separated && digits.length() < 10))) {
      return false;
    }
    findings.add(Kind.PHONE, start, end, reserved ? Standing.RESERVED : Standing.REAL);
    return true;
  }

  private static boolean assigned(String digits) {
    String two = " " + digits.substring(0, 2) + " ";
    return ONE.indexOf(digits.charAt(0)) >= 0 || TWO.contains(two) || THREE_BY_TWO.contains(two);
  }

  /** No country has the area code 000 or 999. */
  private static Standing standing(String digits) {
    return digits.startsWith("000") || digits.startsWith("999") || digits.startsWith("1999")
        ? Standing.RESERVED
        : Standing.REAL;
  }
}
