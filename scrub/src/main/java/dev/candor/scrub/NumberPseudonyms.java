package dev.candor.scrub;

/** Numbers in the same groups that cannot be anybody's. */
final class NumberPseudonyms {
  private static final int TRIES = 1000;

  private NumberPseudonyms() {}

  /** 999… instead of 4111 1111 1111 1111: no issuer's, and no Luhn digit. */
  static String card(String card, Draws draws) {
    String pseudonym = withPrefix(card, "999", draws);
    for (int i = 0; i < TRIES && CheckDigits.luhn(digits(pseudonym)); i++) {
      pseudonym = withPrefix(card, "999", draws);
    }
    return pseudonym;
  }

  /**
   * No country code, trunk or area is 999 or 000; a leading 0 stays one, a leading digit of another
   * kind too.
   */
  static String phone(String phone, Draws draws) {
    String digits = digits(phone);
    boolean zero = digits.startsWith("0");
    if (digits.length() == 11 && digits.startsWith("1") && !phone.startsWith("+")) {
      return withPrefix(phone, "1999", draws);
    }
    return withPrefix(phone, zero ? "000" : "999", draws);
  }

  /** The country, check digits 00, which none has, and an account alike. */
  static String iban(String iban, Draws draws) {
    StringBuilder pseudonym = new StringBuilder();
    int seen = 0;
    for (int i = 0; i < iban.length(); i++) {
      char c = iban.charAt(i);
      if (Text.classOf(c) == Text.OTHER || seen < 2) {
        pseudonym.append(c);
      } else {
        pseudonym.append(seen < 4 ? '0' : draws.alike(c));
      }
      seen += Text.classOf(c) == Text.OTHER ? 0 : 1;
    }
    return pseudonym.toString();
  }

  /** The same form, with check digits, areas or prefixes that none has. */
  static String nationalId(String id, Draws draws) {
    String digits = digits(id);
    long letters = id.chars().filter(Character::isLetter).count();
    if (letters > 0) {
      return lettered(id, digits, draws);
    }
    // So that it is no telephone number either.
    String prefix = digits.length() >= 10 ? "999" : "";
    String pseudonym = withPrefix(id, prefix, draws);
    for (int i = 0; i < TRIES && (valid(digits(pseudonym)) || pseudonym.charAt(0) == '0'); i++) {
      pseudonym = withPrefix(id, prefix, draws);
    }
    return pseudonym;
  }

  private static String lettered(String id, String digits, Draws draws) {
    StringBuilder pseudonym = new StringBuilder(withPrefix(id, "", draws));
    boolean insurance = digits.length() == 6 && Character.isLetter(id.charAt(1));
    if (insurance) {
      pseudonym.setCharAt(0, 'Q');
      pseudonym.setCharAt(1, 'Q');
      pseudonym.setCharAt(id.length() - 1, (char) ('A' + draws.below(4)));
      return pseudonym.toString();
    }
    char[] value = new char[id.length()];
    for (int i = 0; i < value.length; i++) {
      char c = id.charAt(i);
      value[i] = Character.isLetter(c) ? draws.alike(c) : pseudonym.charAt(i);
    }
    Mark.stamp(value);
    return String.valueOf(value);
  }

  /** Whether any of the checks that its length allows holds. */
  private static boolean valid(String digits) {
    return switch (digits.length()) {
      case 9 -> NationalIds.social(digits) || NationalIds.bsn(digits) || CheckDigits.luhn(digits);
      case 10 -> NationalIds.nhs(digits) || NationalIds.personnummer(digits);
      case 11 ->
          NationalIds.steuer(digits)
              || NationalIds.cpf(digits)
              || NationalIds.pesel(digits)
              || NationalIds.belgian(digits);
      case 12 -> NationalIds.aadhaar(digits) || NationalIds.personnummer(digits.substring(2));
      case 15 -> NationalIds.nir(digits) || CheckDigits.luhn(digits);
      default -> false;
    };
  }

  /** Other digits in the same places, of which the first are {@code prefix}. */
  private static String withPrefix(String value, String prefix, Draws draws) {
    StringBuilder pseudonym = new StringBuilder();
    int seen = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < '0' || c > '9') {
        pseudonym.append(c);
      } else {
        pseudonym.append(seen < prefix.length() ? prefix.charAt(seen) : draws.alike(c));
        seen++;
      }
    }
    return pseudonym.toString();
  }

  static String digits(String value) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) >= '0' && value.charAt(i) <= '9') {
        digits.append(value.charAt(i));
      }
    }
    return digits.toString();
  }
}
