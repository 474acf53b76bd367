package dev.candor.scrub;

/** Check digits over strings of decimal digits. */
final class CheckDigits {
  private static final int[][] DIHEDRAL = new int[10][10];
  private static final int[][] PERMUTED = new int[8][10];

  static {
    for (int a = 0; a < 10; a++) {
      for (int b = 0; b < 10; b++) {
        // The dihedral group of the pentagon: 0 to 4 are turns, 5 to 9 are reflections.
        DIHEDRAL[a][b] =
            a < 5
                ? (b < 5 ? (a + b) % 5 : 5 + (a + b) % 5)
                : (b < 5 ? 5 + (a - b + 5) % 5 : (a - b + 5) % 5);
      }
    }
    int[] once = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    for (int digit = 0; digit < 10; digit++) {
      PERMUTED[0][digit] = digit;
    }
    for (int power = 1; power < 8; power++) {
      for (int digit = 0; digit < 10; digit++) {
        PERMUTED[power][digit] = once[PERMUTED[power - 1][digit]];
      }
    }
  }

  private CheckDigits() {}

  private static int digit(String digits, int i) {
    return digits.charAt(i) - '0';
  }

  /** ISO/IEC 7812-1, annex B. */
  static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digit(digits, digits.length() - 1 - i);
      int twice = i % 2 == 0 ? digit : 2 * digit;
      sum += twice > 9 ? twice - 9 : twice;
    }
    return sum % 10 == 0;
  }

  /** Verhoeff, Error Detecting Decimal Codes, Amsterdam 1969. */
  static boolean verhoeff(String digits) {
    int check = 0;
    for (int i = 0; i < digits.length(); i++) {
      check = DIHEDRAL[check][PERMUTED[i % 8][digit(digits, digits.length() - 1 - i)]];
    }
    return check == 0;
  }

  /** The sum of the digits, each times its weight. */
  static int weighted(String digits, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += digit(digits, i) * weights[i];
    }
    return sum;
  }

  /** ISO 7064 MOD 11,10, as the German tax number has it. */
  static boolean mod11Of10(String digits) {
    int product = 10;
    for (int i = 0; i < digits.length() - 1; i++) {
      int sum = (digit(digits, i) + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (11 - product) % 10 == digit(digits, digits.length() - 1);
  }

  /** {@code digits} modulo 97; letters count as 10 to 35 (ISO 7064 MOD 97-10, of IBANs). */
  static int mod97(String digitsOrLetters) {
    int rest = 0;
    for (int i = 0; i < digitsOrLetters.length(); i++) {
      int value = Character.digit(digitsOrLetters.charAt(i), 36);
      rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
    }
    return rest;
  }
}
