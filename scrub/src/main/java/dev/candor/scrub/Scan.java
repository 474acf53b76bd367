package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;
import java.util.Arrays;
import java.util.Set;

/** The one pass over a text. <b>For one thread.</b> */
final class Scan {
  /*
   * Every character is looked at once: signs by a table of what they may begin, words by a hash that grows
   * with them and is looked up in the lexicon. A detector reads on, or back, only where one of these says that
   * there may be something; what it reads twice is some dozens of characters. Words that matter to words
   * behind them leave their place in Cues, so that "is there a word for telephone nearby" is a subtraction.
   */
  private static final byte NOTHING = 0;
  private static final byte WORD = 1;
  private static final byte SIGN = 2;

  private static final byte[] MEANS = new byte[128];

  static {
    Arrays.fill(MEANS, '0', '9' + 1, WORD);
    Arrays.fill(MEANS, 'A', 'Z' + 1, WORD);
    Arrays.fill(MEANS, 'a', 'z' + 1, WORD);
    for (char c : "@%+(:=-".toCharArray()) {
      MEANS[c] = SIGN;
    }
  }

  private static final int LONG_WORD = 20;

  private final Lexicon lexicon = Lexicon.shipped();
  private final Cues cues = new Cues();
  private final Text text = new Text();
  private final Numbers numbers = new Numbers(cues);
  private final Names names = new Names(lexicon);
  private final Addresses addresses = new Addresses(lexicon, cues);
  private final Urls urls = new Urls();
  private final Findings findings;

  /** Whether the text was encoded within another. */
  private final boolean within;

  /** Up to where a number, an address of a machine or a key has been read. */
  private int readUpTo;

  /** Up to where a run of characters has been judged. */
  private int runEnd;

  Scan(Findings findings) {
    this(findings, false);
  }

  private Scan(Findings findings, boolean within) {
    this.findings = findings;
    this.within = within;
  }

  Text text() {
    return text;
  }

  /** Fills the findings with those of the text, which has been set. */
  void run() {
    findings.clear(text.from());
    cues.clear();
    names.clear();
    urls.clear();
    readUpTo = 0;
    runEnd = 0;
    int length = text.length();
    int at = 0;
    while (at < length) {
      char c = text.at(at);
      byte means = c < 128 ? MEANS[c] : Text.classOf(c) == Text.OTHER ? NOTHING : WORD;
      switch (means) {
        case WORD -> at = word(at);
        case SIGN -> at = sign(at, c);
        default -> at++;
      }
    }
  }

  private int sign(int at, char c) {
    switch (c) {
      case '@' -> Emails.find(text, at, 1, urls.userinfoEnd(), findings);
      case '%' -> {
        if (text.has(at, "%40")) {
          Emails.find(text, at, 3, -1, findings);
        }
      }
      case '+' -> {
        if (at >= readUpTo) {
          readUpTo = Math.max(readUpTo, Phones.findInternational(text, at, findings));
        }
      }
      case '(' -> {
        if (text.digit(at + 1) && at >= readUpTo) {
          readUpTo = Math.max(readUpTo, Phones.findParenthesised(text, at, findings));
        }
      }
      case ':' -> colon(at);
      case '=' -> Assignments.find(text, at, findings);
      case '-' -> {
        if (text.at(at + 1) == '-' && text.at(at - 1) != '-') {
          return Math.max(at + 1, PemBlocks.find(text, at, findings));
        }
      }
      default -> throw new IllegalStateException(String.valueOf(c));
    }
    return at + 1;
  }

  private void colon(int at) {
    if (text.at(at + 1) == '/' && text.at(at + 2) == '/') {
      urls.find(text, at, findings);
    } else if (text.at(at + 1) == ':' && at >= readUpTo) {
      readUpTo = Math.max(readUpTo, IpAddresses.findSix(text, at, findings));
    } else {
      Assignments.find(text, at, findings);
    }
  }

  /** Reads the word at {@code first}; returns where to go on. */
  private int word(int first) {
    // In JSON within JSON a line break is \n, and no letter.
    int start = first;
    if (text.at(first - 1) == '\\' && "nrt".indexOf(text.at(first)) >= 0) {
      start++;
    }
    long hash = Lexicon.EMPTY_WORD;
    int end = start;
    while (true) {
      char c = text.at(end);
      if (c < 128 ? MEANS[c] != WORD : Text.classOf(c) == Text.OTHER) {
        break;
      }
      hash = Lexicon.with(hash, c);
      end++;
    }
    if (end == start) {
      return first + 1;
    }
    long wordCues = lexicon.cues(hash);
    if (start >= readUpTo) {
      structured(start, end);
    }
    if (end - start >= LONG_WORD || joiner(text.at(end))) {
      run(start, end);
    }
    if (wordCues != 0) {
      cues.note(wordCues, end);
      cued(start, end, wordCues);
    }
    if (end - start <= 2 && (text.has(start, "I ") || text.has(start, "I'"))) {
      introducedByI(start);
    }
    if (text.upper(start)) {
      capitalised(start, end, wordCues, hash);
    }
    return end;
  }

  private void structured(int start, int end) {
    char first = text.at(start);
    char after = text.at(end);
    int length = end - start;
    if (after == ':' && length <= 4 && text.hex(start)) {
      readUpTo = Math.max(readUpTo, IpAddresses.findSix(text, start, findings));
    }
    if ((after == ':' || after == '-') && length == 2 && text.hex(start)) {
      readUpTo = Math.max(readUpTo, MacAddresses.find(text, start, findings));
    }
    if (start < readUpTo) {
      return;
    }
    if (first >= '0' && first <= '9') {
      addresses.findPostcode(text, start, findings);
      if (after == ':' && length >= 8) {
        readUpTo = Math.max(readUpTo, Tokens.find(text, start, findings));
        if (start < readUpTo) {
          return;
        }
      }
      int to = LetteredIds.find(text, start, end, cues, findings);
      readUpTo = Math.max(readUpTo, to > start ? to : numbers.find(text, start, findings));
      return;
    }
    int to = Tokens.find(text, start, findings);
    to = to > start ? to : Jwts.find(text, start, findings);
    if (to == start && text.upper(start)) {
      to = Ibans.find(text, start, findings);
      to = to > start ? to : LetteredIds.find(text, start, end, cues, findings);
      addresses.findUkPostcode(text, start, end, findings);
    }
    readUpTo = Math.max(readUpTo, to);
  }

  private static boolean joiner(char c) {
    return c == '-' || c == '_' || c == '+' || c == '/' || c == '=';
  }

  private void run(int start, int end) {
    if (start < runEnd) {
      return;
    }
    runEnd = Math.max(end, CharacterRuns.end(text, start));
    if (runEnd - start >= LONG_WORD) {
      boolean inUrl =
          text.at(start - 1) == '/' || text.at(start - 1) == '.' || text.at(runEnd) == '.';
      CharacterRuns.find(text, start, runEnd, inUrl, findings);
      encoded(start, runEnd);
    }
  }

  /** Base64 of a text that holds something is a secret as a whole. */
  private void encoded(int start, int end) {
    String decoded = within ? "" : EncodedTexts.decoded(text.slice(start, end));
    if (!decoded.isEmpty()) {
      Findings inner = new Findings(Set.of());
      Scan scan = new Scan(inner, true);
      scan.text.set("", decoded);
      scan.run();
      if (inner.settled().stream().anyMatch(one -> one.standing() == Standing.REAL)) {
        findings.add(Kind.SECRET, start, end, Standing.REAL);
      }
    }
  }

  private void capitalised(int start, int end, long wordCues, long hash) {
    names.findCapitalised(text, start, end, wordCues, hash, findings);
    char after = text.at(end);
    if ((after == ' ' || after == '.')
        && text.digit(end + (after == '.' && text.at(end + 1) == ' ' ? 2 : 1))) {
      addresses.findSuffixed(text, start, end, findings);
    }
    if (after == ' '
        && end - start <= 6
        && (text.has(start, "Bearer") || text.has(start, "Basic"))) {
      Assignments.findScheme(text, end, end - start == 5, findings);
    }
  }

  /** {@code I am Anna}, {@code I'm Anna}. */
  private void introducedByI(int start) {
    for (String am : new String[] {"I am ", "I'm "}) {
      if (text.has(start, am)) {
        names.findIntroduced(text, start + am.length(), false, findings);
      }
    }
  }

  private void cued(int start, int end, long wordCues) {
    if (Cue.HONORIFIC.in(wordCues)) {
      names.findAfterHonorific(text, start, end, findings);
    }
    if (Cue.GREETING.in(wordCues)) {
      names.findAfterGreeting(text, start, end, findings);
    }
    if (Cue.SIGN_OFF.in(wordCues)) {
      names.findSignature(text, end, findings);
    }
    if (Cue.NAME_INTRODUCTION.in(wordCues) && text.at(end) == ' ') {
      names.findIntroduced(text, end + 1, true, findings);
    }
    if (Cue.NAME_FIELD.in(wordCues)) {
      nameField(start, end);
    }
    if (Cue.MONTH.in(wordCues)) {
      BirthDates.findNamed(text, start, end, cues, findings);
    }
    if (Cue.STREET_AFTER.in(wordCues)) {
      addresses.findNumberFirst(text, start, end, findings);
    }
    if (Cue.STREET_BEFORE.in(wordCues)) {
      addresses.findWordFirst(text, start, end, findings);
    }
    if (Cue.SECRET.in(wordCues)) {
      Assignments.findSpoken(text, end, findings);
    }
  }

  /** {@code Name: X}, {@code first_name: X}, {@code my name is X}. */
  private void nameField(int start, int end) {
    int colon = end;
    while (text.at(colon) == '"' || text.at(colon) == '\\' || text.at(colon) == '\'') {
      colon++;
    }
    boolean part = text.at(start - 1) == '_' || text.at(start - 1) == '-';
    if (text.at(colon) == ':' || text.at(colon) == '=') {
      boolean one =
          part
              || (!text.hasIgnoringCase(start, "name")
                  && !text.hasIgnoringCase(start, "from")
                  && !text.hasIgnoringCase(start, "to")
                  && !text.hasIgnoringCase(start, "author"));
      names.findInField(
          text, colon, one || (text.upper(start) && text.hasIgnoringCase(start, "name")), findings);
      return;
    }
    boolean name =
        text.hasIgnoringCase(end - 4, "name")
            || text.hasIgnoringCase(start, "nombre")
            || text.hasIgnoringCase(start, "nome")
            || text.hasIgnoringCase(start, "naam");
    for (String is : new String[] {" is ", " ist ", " es ", " é ", " è "}) {
      if (name && text.has(end, is)) {
        names.findIntroduced(text, end + is.length(), true, findings);
      }
    }
  }
}
