package dev.candor.scrub;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Dates of the same form: days, months and years of digits, names of months in their language. */
final class DatePseudonyms {
  private static final int FIRST_YEAR = 1800;
  private static final int YEARS = 80;
  private static final int ODDS = 16;

  private static final List<List<String>> MONTHS =
      Stream.of(
              "january february march april may june july august september october november december",
              "jan feb mar apr jun jul aug sep oct nov dec",
              "januar februar märz april mai juni juli august september oktober november dezember",
              "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
              "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
                  + " diciembre",
              "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
                  + " dicembre",
              "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro"
                  + " dezembro",
              "januari februari maart april mei juni juli augustus september oktober november"
                  + " december",
              "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października"
                  + " listopada grudnia")
          .map(names -> List.of(names.split(" ")))
          .toList();

  private static final Pattern LONG_YEAR = Pattern.compile("(?<!\\d)\\d{4}(?!\\d)");

  private DatePseudonyms() {}

  static String of(String date, Draws draws) {
    String pseudonym = once(date, draws);
    // Two digits cannot say that a year is none of today's.
    boolean longYear = hasYear(date);
    for (int i = 0; !longYear && i < 50 * ODDS && !marked(pseudonym); i++) {
      pseudonym = once(date, draws);
    }
    return pseudonym;
  }

  private static String once(String date, Draws draws) {
    StringBuilder pseudonym = new StringBuilder();
    int at = 0;
    while (at < date.length()) {
      int end = at;
      if (Character.isDigit(date.charAt(at))) {
        while (end < date.length() && Character.isDigit(date.charAt(end))) {
          end++;
        }
        pseudonym.append(number(date.substring(at, end), draws));
      } else if (Character.isLetter(date.charAt(at))) {
        while (end < date.length() && Character.isLetter(date.charAt(end))) {
          end++;
        }
        pseudonym.append(month(date.substring(at, end), draws));
      } else {
        pseudonym.append(date.charAt(end++));
      }
      at = end;
    }
    return pseudonym.toString();
  }

  private static String number(String digits, Draws draws) {
    if (digits.length() == 4) {
      return Integer.toString(FIRST_YEAR + draws.below(YEARS));
    }
    if (digits.length() == 1) {
      return Integer.toString(1 + draws.below(9));
    }
    int value = Integer.parseInt(digits);
    // Up to 12 it may be day or month, above 31 or 0 a year.
    int below = value > 31 || value == 0 ? 99 : value > 12 ? 28 : 12;
    int least = value > 31 ? 32 : 1;
    return String.format(Locale.ROOT, "%02d", least + draws.below(below - least + 1));
  }

  private static String month(String word, Draws draws) {
    String lower = word.toLowerCase(Locale.ROOT);
    for (List<String> names : MONTHS) {
      if (names.contains(lower)) {
        return NamePseudonyms.inCase(names.get(draws.below(names.size())), word);
      }
    }
    return word;
  }

  private static boolean hasYear(String date) {
    return LONG_YEAR.matcher(date).find();
  }

  /** Whether a date without a long year carries the mark. */
  static boolean marked(String date) {
    return ((date.toLowerCase(Locale.ROOT).hashCode() * 0x9E3779B1) >>> 8) % ODDS == 0;
  }
}
