package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;

/**
 * Names of persons: a known given name and a capitalised surname, or capitalised words where a name
 * is expected (an address, an introduction, a signature, a field). Words of a name that was found
 * are found again wherever they stand later in the text. <b>For one thread.</b>
 */
final class Names {
  private static final int MOST_WORDS = 6;
  private static final int MOST_KNOWN = 256;

  private final Lexicon lexicon;
  private final java.util.Set<Long> known = new java.util.HashSet<>();

  Names(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  void clear() {
    known.clear();
  }

  /** Looks at the capitalised word from {@code start} to {@code end}, whose cues are known. */
  void findCapitalised(Text text, int start, int end, long wordCues, long hash, Findings findings) {
    if (text.word(start - 1) || text.at(start - 1) == '@' || text.at(start - 1) == '/') {
      return;
    }
    if (Cue.GIVEN_NAME.in(wordCues)) {
      boolean doubtful = Cue.DOUBTFUL_NAME.in(wordCues);
      int to = nameEnd(text, start);
      if (to > end && (!doubtful || !sentenceStart(text, start)) && !sameAsBefore(text, start)) {
        add(text, start, to, true, findings);
        return;
      }
    }
    if (!known.isEmpty() && known.contains(hash) && !Cue.NO_NAME.in(wordCues)) {
      add(text, start, end, false, findings);
    }
  }

  /** Looks for a name after an honorific, which ends at {@code end}. */
  void findAfterHonorific(Text text, int start, int end, Findings findings) {
    boolean dotted = text.at(end) == '.';
    int at = text.blanksEnd(dotted ? end + 1 : end);
    // Those that English prose has in small letters too are shorter.
    boolean title = text.upper(start) || end - start >= 5;
    if (at == end || !title || at > end + 2) {
      return;
    }
    int to = nameEnd(text, at, true);
    if (to > at) {
      add(text, at, to, true, findings);
    }
  }

  /**
   * Looks for a name after a greeting; a word of the lexicon must vouch for it unless it is "Dear".
   */
  void findAfterGreeting(Text text, int start, int end, Findings findings) {
    int at = text.blanksEnd(end);
    if (at == end || !text.upper(start)) {
      return;
    }
    boolean letter = !text.hasIgnoringCase(start, "h");
    boolean addressed = text.at(text.wordEnd(at)) == ',';
    if (letter || addressed || Cue.GIVEN_NAME.in(lexicon.cues(text, at, text.wordEnd(at)))) {
      expected(text, at, 1, findings);
    }
  }

  /** Looks for a name that stands at {@code at}, after words that introduce one. */
  void findIntroduced(Text text, int at, boolean anyWord, Findings findings) {
    int end = text.wordEnd(at);
    if (anyWord
        || (Cue.GIVEN_NAME.in(lexicon.cues(text, at, end))
            && !Cue.DOUBTFUL_NAME.in(lexicon.cues(text, at, end)))) {
      expected(text, at, 1, findings);
    }
  }

  /** Looks for a signature in the line after the one that ends with a farewell. */
  void findSignature(Text text, int end, Findings findings) {
    int at = end;
    while (text.at(at) == ',' || text.at(at) == '!' || text.at(at) == '.' || text.blank(at)) {
      at++;
    }
    int line = at;
    while (text.at(line) == '\n' || text.at(line) == '\r' || text.has(line, "\\n")) {
      line += text.at(line) == '\\' ? 2 : 1;
    }
    if (line == at || line - at > 4) {
      // Cheers, Anna
      boolean comma = text.at(end) == ',' && line == at;
      long wordCues = lexicon.cues(text, at, text.wordEnd(at));
      if (comma && Cue.GIVEN_NAME.in(wordCues)) {
        expected(text, at, 1, findings);
      }
      return;
    }
    int to = nameEnd(text, line);
    char after = text.at(to);
    boolean alone =
        after == 0
            || after == '\n'
            || after == '\r'
            || after == ','
            || after == '"'
            || after == '\\'
            || text.has(to, " |")
            || text.has(to, " <");
    if (to > line && alone) {
      expected(text, line, 1, findings);
    }
  }

  /** Looks at the value of a field such as {@code From:}. */
  void findInField(Text text, int colon, boolean oneWord, Findings findings) {
    int at = text.blanksEnd(colon + 1);
    while (text.at(at) == '"' || text.at(at) == '\\') {
      at++;
    }
    expected(text, at, oneWord ? 1 : 2, findings);
  }

  private void expected(Text text, int at, int leastWords, Findings findings) {
    int to = nameEnd(text, at);
    if (to > at && words(text, at, to) >= leastWords) {
      add(text, at, to, true, findings);
    }
  }

  private static int words(Text text, int start, int end) {
    int words = 1;
    for (int i = start; i < end; i++) {
      words += text.blank(i) ? 1 : 0;
    }
    return words;
  }

  /**
   * The end of capitalised words, initials and particles from {@code start} on; start if there is
   * none.
   */
  private int nameEnd(Text text, int start) {
    return nameEnd(text, start, false);
  }

  /** {@code titled}: after Mr, where nearly every word is a name. */
  private int nameEnd(Text text, int start, boolean titled) {
    int end = start;
    int at = start;
    int count = 0;
    while (count < MOST_WORDS && text.letter(at)) {
      int wordEnd = text.wordEnd(at);
      boolean capital = text.upper(at);
      boolean joined = capital && overJoints(text, wordEnd) > wordEnd;
      boolean initial =
          wordEnd - at == 1 && capital && !joined && (text.at(wordEnd) == '.' || count > 0);
      long wordCues = capital ? lexicon.cues(text, at, wordEnd) : 0;
      if (initial) {
        wordEnd += text.at(wordEnd) == '.' ? 1 : 0;
      } else if (!capital) {
        boolean particle =
            (count > 0 || titled)
                && wordEnd - at <= 3
                && Cue.PARTICLE.in(lexicon.cues(text, at, wordEnd))
                && particlesThenCapital(text, at);
        if (!particle) {
          break;
        }
      } else if (!(joined && wordEnd - at == 1)
          && !plausible(text, at, wordEnd, titled ? wordCues & Cue.ROLE.bit() : wordCues, count)) {
        break;
      } else {
        wordEnd = overJoints(text, wordEnd);
      }
      count++;
      if ((!initial && capital) || (initial && count > 1)) {
        end = wordEnd;
      }
      at = wordEnd + 1;
      if (text.at(wordEnd) != ' ' && text.at(wordEnd) != '\u00a0') {
        break;
      }
    }
    // A lone initial is no name.
    return end - start < 2 ? start : withoutPossessive(text, start, end);
  }

  private boolean particlesThenCapital(Text text, int at) {
    int end = text.wordEnd(at);
    int next = end + 1;
    int nextEnd = text.wordEnd(next);
    boolean again =
        nextEnd - next <= 3
            && !text.upper(next)
            && Cue.PARTICLE.in(lexicon.cues(text, next, nextEnd));
    int last = again ? nextEnd + 1 : next;
    return text.blank(end) && text.upper(last) && text.wordEnd(last) - last > 1;
  }

  private static boolean plausible(Text text, int at, int end, long wordCues, int count) {
    boolean noName =
        Cue.NO_NAME.in(wordCues)
            || Cue.ROLE.in(wordCues)
            || Cue.MONTH.in(wordCues)
            || (count > 0 && Cue.STREET_AFTER.in(wordCues) && end - at > 2);
    if (noName || end - at < 2) {
      return false;
    }
    for (int i = at; i < end; i++) {
      if (text.digit(i)) {
        return false;
      }
    }
    // Not a name in code: getName, HTTPServer
    int capitals = 0;
    for (int i = at; i < end; i++) {
      capitals += text.upper(i) ? 1 : 0;
    }
    return (capitals == 1
            || capitals == end - at
            || (capitals == 2
                && (text.has(at, "Mc")
                    || text.has(at, "Mac")
                    || text.has(at, "De")
                    || text.has(at, "Le")
                    || text.has(at, "Di"))))
        && text.at(end) != '_'
        && text.at(end) != '('
        && text.at(end) != '/';
  }

  /** O'Brien, Müller-Lüdenscheidt. */
  private static int overJoints(Text text, int end) {
    int to = end;
    while ((text.at(to) == '-' || text.at(to) == '\'' || text.at(to) == '\u2019')
        && text.upper(to + 1)) {
      to = text.wordEnd(to + 1);
    }
    return to;
  }

  private static int withoutPossessive(Text text, int start, int end) {
    return text.at(end - 1) == '.' && end - start > 2 && text.at(end) == 0 ? end - 1 : end;
  }

  private static boolean sentenceStart(Text text, int start) {
    int before = start - 1;
    while (text.blank(before) || text.at(before) == '"' || text.at(before) == '*') {
      before--;
    }
    char c = text.at(before);
    return c == 0 || c == '.' || c == '!' || c == '?' || c == '\n' || c == ':' || c == '-'
        || c == '•' || c == '#' || c == ')' || c == '(' || c == '/';
  }

  /** Part of a capitalised title, as in "University of St Thomas Aquinas Library". */
  private static boolean sameAsBefore(Text text, int start) {
    return text.at(start - 1) == '-' && text.word(start - 2);
  }

  private void add(Text text, int start, int end, boolean learn, Findings findings) {
    boolean marked = true;
    int at = start;
    while (at < end) {
      int wordEnd = Math.min(end, text.wordEnd(at));
      if (wordEnd - at > 1) {
        boolean capital = text.upper(at);
        marked &= !capital || NamePseudonyms.marked(text.slice(at, wordEnd));
        if (learn && capital && wordEnd - at > 2 && known.size() < MOST_KNOWN) {
          known.add(Lexicon.hash(text.slice(at, wordEnd)));
        }
      }
      at = wordEnd + 1;
    }
    findings.add(Kind.NAME, start, end, marked ? Standing.PSEUDONYM : Standing.REAL);
  }
}
