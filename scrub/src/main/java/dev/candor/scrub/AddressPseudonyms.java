package dev.candor.scrub;

import java.util.Locale;

/**
 * Addresses of the same form: other numbers, other names, the same words for street, flat and
 * floor.
 */
final class AddressPseudonyms {
  private static final String STATES =
      "AKALARAZCACOCTFLGAIAIDILINKSKYLAMDMEMIMNMOMSMTNCNDNENHNJNMNVNYOHOKORPASCSDTNTXUTVAVTWAWIWVWY";

  /** Words of a unit or a direction. */
  private static final String KEPT = " apt suite unit flat ste floor bis ter ";

  private AddressPseudonyms() {}

  static String of(String address, Lexicon lexicon, Draws draws) {
    StringBuilder pseudonym = new StringBuilder();
    boolean named = false;
    boolean first = true;
    int at = 0;
    while (at < address.length()) {
      int end = wordEnd(address, at);
      if (end == at) {
        pseudonym.append(address.charAt(at++));
        continue;
      }
      String word = address.substring(at, end);
      if (!isName(word, lexicon, first, named)) {
        pseudonym.append(kept(word, lexicon) ? word : shaped(word, draws));
      } else {
        named = true;
        int suffix = Addresses.suffixLength(word);
        String stem = word.substring(0, word.length() - suffix);
        pseudonym.append(NamePseudonyms.inCase(NamePseudonyms.word(draws, stem.length()), stem));
        pseudonym.append(word.substring(word.length() - suffix));
      }
      first &= Character.isDigit(word.charAt(0));
      at = end;
    }
    char[] value = pseudonym.toString().toCharArray();
    if (!named) {
      Mark.stamp(value);
    }
    return String.valueOf(value);
  }

  static boolean marked(String address, Lexicon lexicon) {
    boolean named = false;
    boolean first = true;
    int at = 0;
    while (at < address.length()) {
      int end = wordEnd(address, at);
      if (end > at) {
        String word = address.substring(at, end);
        if (isName(word, lexicon, first, named)) {
          named = true;
          if (!NamePseudonyms.marked(
              word.substring(0, word.length() - Addresses.suffixLength(word)))) {
            return false;
          }
        }
        first &= Character.isDigit(word.charAt(0));
      }
      at = Math.max(end, at + 1);
    }
    return named || Mark.on(address);
  }

  private static int wordEnd(String text, int start) {
    int end = start;
    while (end < text.length() && Text.classOf(text.charAt(end)) != Text.OTHER) {
      end++;
    }
    return end;
  }

  private static boolean isName(String word, Lexicon lexicon, boolean first, boolean named) {
    if (word.length() < 3
        || word.chars().anyMatch(c -> c >= '0' && c <= '9')
        || !Character.isUpperCase(word.charAt(0))
        || KEPT.contains(" " + word.toLowerCase(Locale.ROOT) + " ")) {
      return false;
    }
    long cues = lexicon.cues(Lexicon.hash(word));
    boolean street =
        (Cue.STREET_BEFORE.in(cues) && (first || named)) || (Cue.STREET_AFTER.in(cues) && named);
    return !street;
  }

  private static boolean kept(String word, Lexicon lexicon) {
    boolean digits = word.chars().anyMatch(c -> c >= '0' && c <= '9');
    boolean capitals = word.length() == 2 && Character.isUpperCase(word.charAt(1));
    long cues = lexicon.cues(Lexicon.hash(word));
    return !digits
        && (Cue.STREET_AFTER.in(cues)
            || Cue.STREET_BEFORE.in(cues)
            || !capitals
            || (word.length() == 1 && Character.isUpperCase(word.charAt(0))));
  }

  private static String shaped(String word, Draws draws) {
    if (Localities.state(word)) {
      int state = draws.below(STATES.length() / 2);
      return STATES.substring(2 * state, 2 * state + 2);
    }
    StringBuilder shaped = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      char c = draws.alike(word.charAt(i));
      shaped.append(
          i == 0 && c == '0' && word.charAt(0) != '0' ? (char) ('1' + draws.below(9)) : c);
    }
    return shaped.toString();
  }
}
