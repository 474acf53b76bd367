package dev.candor.scrub;

import java.util.Locale;

/**
 * Names that nobody has: syllables of a consonant and a vowel, and a last consonant that follows
 * from them, by which verification knows them.
 */
final class NamePseudonyms {
  /** Those with which syllables are one token to most tokenizers. */
  private static final String CONSONANTS = "bdklmnprst";

  private static final String VOWELS = "aeiou";

  private NamePseudonyms() {}

  /** A word of at least five letters, about as long as {@code length}, in small letters. */
  static String word(Draws draws, int length) {
    return syllables(draws, length <= 8 ? 3 : 4);
  }

  /**
   * A word of five letters for a given name: those are a token or two, and stand with a surname.
   */
  static String givenName(Draws draws) {
    return syllables(draws, 2);
  }

  private static String syllables(Draws draws, int syllables) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < syllables; i++) {
      word.append(CONSONANTS.charAt(draws.below(CONSONANTS.length())));
      word.append(VOWELS.charAt(draws.below(VOWELS.length())));
    }
    return word.append(last(word)).toString();
  }

  /** {@code word} in the case of {@code model}: ANNA, Anna, anna. */
  static String inCase(String word, String model) {
    if (model.length() > 1 && model.equals(model.toUpperCase(Locale.ROOT))) {
      return word.toUpperCase(Locale.ROOT);
    }
    return Character.isUpperCase(model.charAt(0))
        ? Character.toUpperCase(word.charAt(0)) + word.substring(1)
        : word;
  }

  static boolean marked(String name) {
    String word = name.toLowerCase(Locale.ROOT);
    int body = word.length() - 1;
    if (body != 4 && body != 6 && body != 8) {
      return false;
    }
    for (int i = 0; i < body; i++) {
      if ((i % 2 == 0 ? CONSONANTS : VOWELS).indexOf(word.charAt(i)) < 0) {
        return false;
      }
    }
    return word.charAt(body) == last(word.substring(0, body));
  }

  /**
   * The small letter that follows {@code before}, so that words can be spoken, and are few tokens.
   */
  static char spoken(Draws draws, char before) {
    String letters = CONSONANTS.indexOf(before) >= 0 ? VOWELS : CONSONANTS;
    return letters.charAt(draws.below(letters.length()));
  }

  private static char last(CharSequence body) {
    int hash = 7;
    for (int i = 0; i < body.length(); i++) {
      hash = hash * 31 + body.charAt(i);
    }
    return CONSONANTS.charAt(((hash * 0x9E3779B1) >>> 8) % CONSONANTS.length());
  }
}
