package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;

/** Dates near a word that says that somebody was born. */
final class BirthDates {
  private static final int NEAR = 48;
  private static final int FIRST_YEAR = 1880;
  private static final int LAST_YEAR = 2035;

  private BirthDates() {}

  /** Dates of digits alone; returns the end, else the start of the groups. */
  static int findNumeric(Text text, DigitGroups groups, Cues cues, Findings findings) {
    int start = groups.start(0);
    if (!cues.near(Cue.BIRTH, start, NEAR)) {
      return start;
    }
    // The first three groups, whatever follows: a time, another date.
    if (groups.count() < 3) {
      return start;
    }
    boolean yearFirst = groups.length(0) == 4;
    int year = groups.number(text, yearFirst ? 0 : 2);
    int one = groups.number(text, yearFirst ? 1 : 0);
    int other = groups.number(text, yearFirst ? 2 : 1);
    int yearDigits = groups.length(yearFirst ? 0 : 2);
    boolean shape =
        (yearDigits == 4 || yearDigits == 2)
            && groups.length(1) <= 2
            && groups.length(yearFirst ? 2 : 0) <= 2
            && groups.evenlySeparated(text, 0, 2);
    boolean date =
        Math.min(one, other) >= 1 && Math.min(one, other) <= 12 && Math.max(one, other) <= 31;
    if (!shape || !date || (yearDigits == 4 && (year < 1800 || year > LAST_YEAR))) {
      return start;
    }
    int end = groups.end(2);
    findings.add(
        Kind.BIRTH_DATE, start, end, standing(text, start, end, yearDigits == 4 ? year : 0));
    return end;
  }

  /** Dates with the name of a month, the word from {@code start} to {@code end}. */
  static void findNamed(Text text, int start, int end, Cues cues, Findings findings) {
    if (!cues.near(Cue.BIRTH, start, NEAR)) {
      return;
    }
    int before = backOverJoin(text, start);
    int dayStart = before;
    while (text.digit(dayStart - 1) && before - dayStart < 4) {
      dayStart--;
    }
    int from = start;
    if (dayStart < before) {
      from = dayStart;
    }
    int at = forwardOverJoin(text, end);
    int first = text.digitsEnd(at);
    int to = end;
    if (first > at && first - at <= 4) {
      to = first;
      if (first - at <= 2 && from == start) {
        // March 12, 1985; March 12th 1985
        int year =
            text.hasIgnoringCase(first, "st")
                    || text.hasIgnoringCase(first, "nd")
                    || text.hasIgnoringCase(first, "rd")
                    || text.hasIgnoringCase(first, "th")
                ? first + 2
                : first;
        year = forwardOverJoin(text, year);
        int yearEnd = text.digitsEnd(year);
        to = yearEnd - year == 4 ? yearEnd : first;
      }
    }
    boolean digits = from < start || to > end;
    int year =
        to - 4 > end - 1 && text.digitsEnd(to - 4) == to
            ? Integer.parseInt(text.slice(to - 4, to))
            : 0;
    boolean right =
        digits && (year == 0 || (year >= 1800 && year <= LAST_YEAR)) && (year > 0 || from < start);
    if (right && !text.word(to)) {
      findings.add(Kind.BIRTH_DATE, from, to, standing(text, from, to, year));
    }
  }

  /** Pseudonyms have years of the 19th century, which no living person has. */
  private static Standing standing(Text text, int start, int end, int year) {
    if (year > 0) {
      return year < FIRST_YEAR ? Standing.RESERVED : Standing.REAL;
    }
    return DatePseudonyms.marked(text.slice(start, end)) ? Standing.PSEUDONYM : Standing.REAL;
  }

  /** Over {@code " "}, {@code ". "}, {@code "th of "}, {@code " de "}, {@code "-"}, backwards. */
  private static int backOverJoin(Text text, int start) {
    int at = start;
    while (text.blank(at - 1) || text.at(at - 1) == '-' || text.at(at - 1) == '.') {
      at--;
    }
    if (text.hasIgnoringCase(at - 2, "of") || text.hasIgnoringCase(at - 2, "de")) {
      at -= 2;
      while (text.blank(at - 1)) {
        at--;
      }
    }
    boolean ordinal =
        text.digit(at - 3)
            && (text.hasIgnoringCase(at - 2, "th")
                || text.hasIgnoringCase(at - 2, "st")
                || text.hasIgnoringCase(at - 2, "nd")
                || text.hasIgnoringCase(at - 2, "rd")
                || text.hasIgnoringCase(at - 2, "er"));
    return ordinal ? at - 2 : text.at(at - 1) == 'º' || text.at(at - 1) == '°' ? at - 1 : at;
  }

  private static int forwardOverJoin(Text text, int end) {
    int at = end;
    while (text.blank(at) || text.at(at) == ',' || text.at(at) == '.' || text.at(at) == '-') {
      at++;
    }
    if (text.hasIgnoringCase(at, "de ") || text.hasIgnoringCase(at, "of ")) {
      at += 3;
    } else if (text.hasIgnoringCase(at, "del ")) {
      at += 4;
    }
    return at;
  }
}
