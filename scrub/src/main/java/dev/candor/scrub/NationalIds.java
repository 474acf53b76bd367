package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;

/**
 * National identifiers that are digits alone. One whose form and check digits leave less than about
 * 1 chance hit in 100 is taken as it stands, others need a word nearby that names them.
 */
final class NationalIds {
  private static final int NEAR = 40;

  private NationalIds() {}

  /** The end of the identifier that begins with group {@code first}, 0 where there is none. */
  static int find(Text text, DigitGroups groups, int first, Cues cues, Findings findings) {
    boolean named = cues.near(Cue.ID, groups.start(first), NEAR);
    int last = last(text, groups, first, named);
    if (last < 0) {
      return 0;
    }
    int end = groups.end(last);
    boolean partOfMore = text.at(end) == '-' && text.word(end + 1);
    if (text.word(groups.start(first) - 1) || text.word(end) || partOfMore) {
      return 0;
    }
    findings.add(Kind.NATIONAL_ID, groups.start(first), end, Standing.REAL);
    return end;
  }

  /** Its last group, -1 where it is none. */
  private static int last(Text text, DigitGroups groups, int first, boolean named) {
    if (groups.shaped(first, 3, 2, 4)) {
      String digits = groups.digits(text, first, first + 2);
      boolean form = named || groups.separatedBy(text, '-', first, first + 2);
      return form && social(digits) ? first + 2 : -1;
    }
    if (groups.shaped(first, 3, 3, 3, 2) && groups.separatedBy(text, '.', first, first + 2)) {
      return cpf(groups.digits(text, first, first + 3)) ? first + 3 : -1;
    }
    if (groups.shaped(first, 3, 3, 4)) {
      boolean form = named || groups.separatedBy(text, ' ', first, first + 2);
      return form && nhs(groups.digits(text, first, first + 2)) ? first + 2 : -1;
    }
    if (groups.shaped(first, 4, 4, 4) && groups.evenlySeparated(text, first, first + 2)) {
      return aadhaar(groups.digits(text, first, first + 2)) ? first + 2 : -1;
    }
    if (groups.shaped(first, 2, 3, 3, 3)) {
      return steuer(groups.digits(text, first, first + 3)) ? first + 3 : -1;
    }
    if (groups.shaped(first, 1, 2, 2, 2, 3, 3, 2)) {
      return nir(groups.digits(text, first, first + 6)) ? first + 6 : -1;
    }
    if (groups.shaped(first, 6, 4) || groups.shaped(first, 8, 4)) {
      String digits = groups.digits(text, first, first + 1);
      boolean dash = text.at(groups.end(first)) == '-';
      return dash && personnummer(digits.substring(digits.length() - 10)) ? first + 1 : -1;
    }
    if (groups.shaped(first, 2, 2, 2, 3, 2)) {
      return belgian(groups.digits(text, first, first + 4)) ? first + 4 : -1;
    }
    if (named && first == 0 && groups.count() == 3 && groups.shaped(0, 3, 3, 3)) {
      String digits = groups.digits(text, first, first + 2);
      return CheckDigits.luhn(digits) || bsn(digits) ? first + 2 : -1;
    }
    return alone(groups.digits(text, first, first), named) ? first : -1;
  }

  /** Written as one group. */
  private static boolean alone(String digits, boolean named) {
    return switch (digits.length()) {
      case 9 -> named && (social(digits) || bsn(digits) || CheckDigits.luhn(digits));
      case 10 -> named && (nhs(digits) || personnummer(digits));
      case 11 -> named && (steuer(digits) || cpf(digits) || pesel(digits) || belgian(digits));
      case 12 -> named && (aadhaar(digits) || personnummer(digits.substring(2)));
      case 15 -> nir(digits);
      default -> false;
    };
  }

  /** US social security and taxpayer numbers: area, group and serial that are given out. */
  static boolean social(String digits) {
    int area = Integer.parseInt(digits.substring(0, 3));
    int group = Integer.parseInt(digits.substring(3, 5));
    boolean taxpayer = area >= 900 && (group >= 50 && group != 66 && group != 89 && group != 93);
    return (taxpayer || (area > 0 && area < 900 && area != 666))
        && group > 0
        && !digits.endsWith("0000");
  }

  static boolean nhs(String digits) {
    int check = 11 - CheckDigits.weighted(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return check != 10 && check % 11 == digits.charAt(9) - '0' && !digits.startsWith("000");
  }

  static boolean aadhaar(String digits) {
    return digits.charAt(0) >= '2' && CheckDigits.verhoeff(digits);
  }

  /** One of the first ten digits stands there twice or three times, the others once at most. */
  static boolean steuer(String digits) {
    int[] counts = new int[10];
    for (int i = 0; i < 10; i++) {
      counts[digits.charAt(i) - '0']++;
    }
    int repeated = 0;
    for (int count : counts) {
      if (count > 3) {
        return false;
      }
      repeated += count > 1 ? 1 : 0;
    }
    return digits.charAt(0) != '0' && repeated == 1 && CheckDigits.mod11Of10(digits);
  }

  static boolean bsn(String digits) {
    return CheckDigits.weighted(digits, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0
        && !digits.startsWith("00");
  }

  static boolean cpf(String digits) {
    int first = CheckDigits.weighted(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    int second = CheckDigits.weighted(digits, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    return first == digits.charAt(9) - '0'
        && second == digits.charAt(10) - '0'
        && digits.chars().distinct().count() > 1;
  }

  static boolean pesel(String digits) {
    int check = (10 - CheckDigits.weighted(digits, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3) % 10) % 10;
    int month = Integer.parseInt(digits.substring(2, 4)) % 20;
    return check == digits.charAt(10) - '0' && day(month, digits.substring(4, 6), 0);
  }

  static boolean personnummer(String digits) {
    int month = Integer.parseInt(digits.substring(2, 4));
    return day(month, digits.substring(4, 6), 60) && CheckDigits.luhn(digits);
  }

  static boolean belgian(String digits) {
    long nine = Long.parseLong(digits.substring(0, 9));
    int check = Integer.parseInt(digits.substring(9));
    int month = Integer.parseInt(digits.substring(2, 4));
    return day(month, digits.substring(4, 6), 0)
        && (97 - nine % 97 == check || 97 - (nine + 2_000_000_000L) % 97 == check);
  }

  /** France: sex, year, month, place, order, and 97 less the remainder. */
  static boolean nir(String digits) {
    int month = Integer.parseInt(digits.substring(3, 5));
    boolean known = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
    int sex = digits.charAt(0) - '0';
    return (sex == 1 || sex == 2 || sex == 7 || sex == 8)
        && known
        && 97 - Long.parseLong(digits.substring(0, 13)) % 97
            == Integer.parseInt(digits.substring(13));
  }

  /** Where foreigners' days are counted on from {@code offset}, those are right too. */
  private static boolean day(int month, String digits, int offset) {
    int day = Integer.parseInt(digits);
    boolean right = (day >= 1 && day <= 31) || (offset > 0 && day > offset && day <= offset + 31);
    return month >= 1 && month <= 12 && right;
  }
}
