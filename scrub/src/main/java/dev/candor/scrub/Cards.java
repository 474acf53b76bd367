package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;

/** Payment cards: an issuer's prefix, its length, a grouping that is in use, and the Luhn digit. */
final class Cards {
  private static final int[][] GROUPINGS = {
    {4, 4, 4, 4}, {4, 6, 5}, {4, 6, 4}, {4, 4, 4, 4, 3}, {4, 4, 4, 1}, {4, 4, 5}
  };

  private Cards() {}

  /** The end of the card number that begins with {@code first}, 0 where there is none. */
  static int find(Text text, DigitGroups groups, int first, Findings findings) {
    if (groups.length(first) >= 13) {
      return groups.length(first) <= 19 ? judged(text, groups, first, first, findings) : 0;
    }
    // The longest grouping first.
    for (int i = GROUPINGS.length - 1; i >= 0; i--) {
      int[] lengths = GROUPINGS[i];
      int last = first + lengths.length - 1;
      if (groups.shaped(first, lengths) && groups.evenlySeparated(text, first, last)) {
        int end = judged(text, groups, first, last, findings);
        if (end > 0) {
          return end;
        }
      }
    }
    return 0;
  }

  private static int judged(Text text, DigitGroups groups, int first, int last, Findings findings) {
    int end = groups.end(last);
    if (text.word(groups.start(first) - 1) || text.word(end)) {
      return 0;
    }
    String digits = groups.digits(text, first, last);
    boolean luhn = CheckDigits.luhn(digits);
    if (digits.startsWith("999") && !luhn) {
      // No issuer has it.
      findings.add(Kind.CARD, groups.start(first), end, Standing.RESERVED);
      return end;
    }
    if (!luhn || !issued(digits)) {
      return 0;
    }
    findings.add(Kind.CARD, groups.start(first), end, Standing.REAL);
    return end;
  }

  /**
   * Visa, Mastercard, American Express, Discover, Diners, JCB, UnionPay, Maestro, RuPay, Mir, Troy.
   */
  private static boolean issued(String digits) {
    int length = digits.length();
    int two = Integer.parseInt(digits.substring(0, 2));
    int four = Integer.parseInt(digits.substring(0, 4));
    if (digits.chars().skip(2).allMatch(c -> c == '0')) {
      return false;
    }
    if (digits.charAt(0) == '4') {
      return length == 13 || length == 16 || length == 19;
    }
    if (two == 34 || two == 37) {
      return length == 15;
    }
    if (two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059)) {
      return length == 14 || length == 16;
    }
    if ((two >= 51 && two <= 55)
        || (four >= 2200 && four <= 2204)
        || (four >= 2221 && four <= 2720)) {
      return length == 16;
    }
    if ((four >= 3528 && four <= 3589)
        || four == 9792
        || two == 60
        || two == 62
        || two == 64
        || two == 65
        || two == 81
        || two == 82) {
      return length >= 16;
    }
    // Maestro.
    return (two == 50 || (two >= 56 && two <= 58) || two == 63 || two == 67) && length >= 16;
  }
}
