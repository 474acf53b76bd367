package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;

/**
 * Street addresses: a number, a name and a word for a street, in the order of several languages;
 * with postcode and place where they follow.
 */
final class Addresses {
  private static final String[] SUFFIXES = {
    "straße", "strasse", "str", "weg", "platz", "allee", "gasse", "damm", "ufer", "straat", "laan",
    "gracht", "gatan", "vägen", "gade", "vej", "veien", "plein", "katu", "tie"
  };

  private final Lexicon lexicon;
  private final Cues cues;
  private final Localities localities;

  Addresses(Lexicon lexicon, Cues cues) {
    this.lexicon = lexicon;
    this.cues = cues;
    localities = new Localities(lexicon);
  }

  /** 12 Baker Street: looks back from the street's word. */
  void findNumberFirst(Text text, int start, int end, Findings findings) {
    if (!text.upper(start) && !text.has(start, "street")) {
      return;
    }
    int at = start;
    for (int word = 0; word < 5; word++) {
      int before = at;
      while (text.blank(before - 1)) {
        before--;
      }
      if (before == at || before < 1) {
        return;
      }
      int wordStart = before;
      while (wordStart > 0
          && (text.word(wordStart - 1)
              || text.at(wordStart - 1) == '\''
              || text.at(wordStart - 1) == '.'
              || text.at(wordStart - 1) == '-'
              || text.at(wordStart - 1) == '’')) {
        wordStart--;
      }
      if (wordStart == before) {
        return;
      }
      boolean number = text.digit(wordStart) && HouseNumbers.is(text, wordStart, before);
      if (number && word > 0) {
        add(text, wordStart, HouseNumbers.withUnit(text, end), findings);
        return;
      }
      boolean ordinal = text.digit(wordStart) && text.letter(before - 1);
      if (!text.upper(wordStart) && !ordinal) {
        return;
      }
      at = wordStart;
    }
  }

  /** Hauptstraße 12: the street's word is the end of the name. */
  void findSuffixed(Text text, int start, int end, Findings findings) {
    int number = text.at(end) == '.' ? end + 1 : end;
    number = text.blanksEnd(number);
    if (number == end || !text.digit(number) || end - start < 3 || !suffixed(text, start, end)) {
      return;
    }
    int to = HouseNumbers.end(text, number);
    if (to > number) {
      add(text, withWordBefore(text, start, end), to, findings);
    }
  }

  /** 12 rue de la Paix, Calle Mayor 5: from the street's word on. */
  void findWordFirst(Text text, int start, int end, Findings findings) {
    boolean slash = text.at(end) == '/';
    if (slash != (end - start == 1)) {
      return;
    }
    int at = text.at(end) == '.' || slash ? end + 1 : end;
    int nameEnd = at;
    int capitals = 0;
    for (int word = 0; word < 6; word++) {
      int next = text.blanksEnd(at);
      if (next == at && word > 0) {
        break;
      }
      int wordEnd = text.wordEnd(next);
      if (wordEnd == next || text.digit(next)) {
        break;
      }
      boolean capital = text.upper(next);
      boolean joint = !capital && wordEnd - next <= 4;
      if (!capital && !joint) {
        break;
      }
      while ((text.at(wordEnd) == '\'' || text.at(wordEnd) == '’' || text.at(wordEnd) == '-')
          && text.letter(wordEnd + 1)) {
        capital |= text.upper(wordEnd + 1);
        wordEnd = text.wordEnd(wordEnd + 1);
      }
      capitals += capital ? 1 : 0;
      nameEnd = capital ? wordEnd : nameEnd;
      at = wordEnd;
    }
    if (capitals == 0) {
      return;
    }
    int from = HouseNumbers.before(text, start);
    int number = nameEnd;
    while (text.blank(number)
        || text.at(number) == ','
        || text.has(number, "n.º")
        || text.has(number, "nº")) {
      number += text.at(number) == 'n' ? text.at(number + 1) == '.' ? 3 : 2 : 1;
    }
    int to = HouseNumbers.end(text, number);
    boolean after = to > number && number > nameEnd;
    if (from < start || (after && text.upper(start)) || (after && text.has(start, "ul"))) {
      add(text, from, after && from == start ? to : nameEnd, findings);
    }
  }

  /** SW1A 1AA; the word is SW1A. */
  void findUkPostcode(Text text, int start, int end, Findings findings) {
    int length = end - start;
    int inward = end + 1;
    if (length < 2
        || length > 4
        || text.at(end) != ' '
        || !text.digit(inward)
        || !text.upper(inward + 1)
        || !text.upper(inward + 2)
        || text.word(inward + 3)
        || "CIKMOV".indexOf(text.at(inward + 1)) >= 0
        || "CIKMOV".indexOf(text.at(inward + 2)) >= 0) {
      return;
    }
    int letters = text.upper(start + 1) ? 2 : 1;
    if (!text.digit(start + letters) || length - letters > 2) {
      return;
    }
    for (int i = start; i < end; i++) {
      if (text.at(i) > 127 || (!text.upper(i) && !text.digit(i))) {
        return;
      }
    }
    boolean reserved = "QVX".indexOf(text.at(start)) >= 0;
    findings.add(Kind.ADDRESS, start, inward + 3, reserved ? Standing.RESERVED : Standing.REAL);
  }

  /** A postcode after the word for it, with the place. */
  void findPostcode(Text text, int start, Findings findings) {
    int end = text.digitsEnd(start);
    boolean afterComma = text.at(start - 1) == ' ' && text.at(start - 2) == ',';
    if (end - start >= 4 && end - start <= 5 && afterComma) {
      findBeforePostcode(text, start, end, findings);
    }
    if (end - start < 4
        || end - start > 6
        || !cues.near(Cue.POSTCODE, start, 12)
        || text.word(end)) {
      return;
    }
    int to = Localities.placeEnd(text, text.blanksEnd(end));
    boolean marked = Mark.on(text.slice(start, end));
    if (to > end) {
      add(text, start, to, findings);
    } else {
      findings.add(Kind.ADDRESS, start, end, marked ? Standing.PSEUDONYM : Standing.REAL);
    }
  }

  /** Am Mühlbach 17, 97070 Würzburg: a name without a word for a street. */
  private void findBeforePostcode(Text text, int start, int end, Findings findings) {
    int number = start - 2;
    while (text.word(number - 1)) {
      number--;
    }
    int nameEnd = number - 1;
    int place = text.blanksEnd(end);
    boolean right =
        text.digit(number)
            && HouseNumbers.is(text, number, start - 2)
            && text.at(nameEnd) == ' '
            && text.letter(nameEnd - 1)
            && place == end + 1
            && Localities.placeEnd(text, place) > place;
    if (!right) {
      return;
    }
    int name = nameEnd;
    for (int word = 0; word < 3; word++) {
      int before = name - (word > 0 ? 1 : 0);
      int wordStart = before;
      while (text.letter(wordStart - 1) || (text.at(wordStart - 1) == '-' && wordStart < before)) {
        wordStart--;
      }
      if (wordStart == before || !text.upper(wordStart) || (word > 0 && text.at(before) != ' ')) {
        break;
      }
      name = wordStart;
    }
    if (name < nameEnd) {
      add(text, name, start - 2, findings);
    }
  }

  private boolean suffixed(Text text, int start, int end) {
    for (String suffix : SUFFIXES) {
      int at = end - suffix.length();
      if (text.hasIgnoringCase(at, suffix)
          && (at - start >= 3 || (at == start && withWordBefore(text, start, end) < start))) {
        return true;
      }
    }
    return false;
  }

  /** Berliner Straße: the start of the word before one that is no more than the street's word. */
  private static int withWordBefore(Text text, int start, int end) {
    if (suffixLength(text.slice(start, end)) > 0 || !text.blank(start - 1)) {
      return start;
    }
    int at = start - 1;
    while (text.letter(at - 1)) {
      at--;
    }
    return at < start - 3 && text.upper(at) ? at : start;
  }

  /** Takes postcode and place with it where they follow. */
  private void add(Text text, int start, int end, Findings findings) {
    int to = end;
    int at = end;
    while (at - end < 4
        && (text.at(at) == ',' || text.blank(at) || text.at(at) == '\n' || text.at(at) == '-')) {
      at++;
    }
    if (at > end) {
      to = Math.max(to, localities.end(text, at, end));
    }
    findings.add(Kind.ADDRESS, start, to, standing(text, start, to));
  }

  private Standing standing(Text text, int start, int end) {
    return AddressPseudonyms.marked(text.slice(start, end), lexicon)
        ? Standing.PSEUDONYM
        : Standing.REAL;
  }

  static int suffixLength(String word) {
    String lower = word.toLowerCase(java.util.Locale.ROOT);
    for (String suffix : SUFFIXES) {
      if (lower.endsWith(suffix) && lower.length() - suffix.length() >= 3) {
        return suffix.length();
      }
    }
    return 0;
  }
}
