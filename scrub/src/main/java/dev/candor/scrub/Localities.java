package dev.candor.scrub;

import java.util.Set;

/** Towns with what stands around them: postcodes, states. */
final class Localities {
  private static final Set<String> STATES =
      Set.of(
          "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN",
          "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH",
          "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT",
          "VT", "VA", "WA", "WV", "WI", "WY");

  private final Lexicon lexicon;

  Localities(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  /** Where the town that begins at {@code at} ends, {@code otherwise} where none does. */
  int end(Text text, int at, int otherwise) {
    // 10115 Berlin, D-10115 Berlin, 1234 AB Amsterdam, 00-950 Warszawa
    int digits = text.at(at + 1) == '-' && text.upper(at) ? at + 2 : at;
    int end = text.digitsEnd(digits);
    if ((end - digits >= 4 && end - digits <= 5)
        || (end - digits == 2 && text.at(end) == '-' && text.digitsEnd(end + 1) - end == 4)) {
      end += end - digits == 2 ? 4 : 0;
      if (text.at(end) == ' '
          && text.upper(end + 1)
          && text.upper(end + 2)
          && !text.word(end + 3)) {
        end += 3;
      }
      int place = placeEnd(text, text.blanksEnd(end));
      return place > end ? place : otherwise;
    }
    // Springfield, IL 62704
    int place = placeEnd(text, at);
    int state = place;
    while (text.at(state) == ',' || text.blank(state)) {
      state++;
    }
    if (place > at
        && STATES.contains(text.slice(state, Math.min(text.length(), state + 2)))
        && !text.word(state + 2)) {
      int zip = text.blanksEnd(state + 2);
      int zipEnd = text.digitsEnd(zip);
      if (zipEnd - zip == 5) {
        boolean plusFour = text.at(zipEnd) == '-' && text.digitsEnd(zipEnd + 1) == zipEnd + 5;
        return plusFour ? zipEnd + 5 : zipEnd;
      }
      return state + 2;
    }
    // 12 Baker Street, London
    boolean known = Cue.NO_NAME.in(lexicon.cues(text, at, text.wordEnd(at)));
    return text.at(otherwise) == ',' && place > at && !known ? place : otherwise;
  }

  /** Up to three capitalised words. */
  static int placeEnd(Text text, int start) {
    int end = start;
    int at = start;
    for (int word = 0; word < 3 && text.upper(at); word++) {
      boolean state = word > 0 && text.digit(text.blanksEnd(at + 2)) && text.wordEnd(at) == at + 2;
      if (state) {
        break;
      }
      int wordEnd = text.wordEnd(at);
      if (text.digit(wordEnd - 1) || text.digit(at + 1)) {
        // The beginning of a postcode.
        break;
      }
      end = wordEnd;
      while ((text.at(end) == '-' || text.at(end) == '\'') && text.letter(end + 1)) {
        end = text.wordEnd(end + 1);
      }
      if (text.at(end) != ' ') {
        break;
      }
      at = end + 1;
    }
    return end - start > 1 ? end : start;
  }

  static boolean state(String word) {
    return STATES.contains(word);
  }
}
