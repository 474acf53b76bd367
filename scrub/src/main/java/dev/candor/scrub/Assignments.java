package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;
import java.util.Locale;
import java.util.Set;

/** Values of fields whose name says that they are secret, and what follows Bearer and Basic. */
final class Assignments {
  private static final int LONGEST = 512;

  private static final Set<String> NO_VALUES =
      Set.of(
          "true",
          "false",
          "null",
          "none",
          "nil",
          "undefined",
          "string",
          "required",
          "optional",
          "changeme",
          "redacted",
          "hidden",
          "placeholder",
          "password",
          "secret",
          "token",
          "bearer",
          "basic",
          "example",
          "import",
          "function",
          "object",
          "number",
          "boolean",
          "input",
          "value");

  private Assignments() {}

  /** Looks around the colon or equals sign at {@code sign}. */
  static void find(Text text, int sign, Findings findings) {
    int nameEnd = sign;
    while (text.blank(nameEnd - 1)) {
      nameEnd--;
    }
    // "name": 'name': \"name\": name\":
    if (text.at(nameEnd - 1) == '"' || text.at(nameEnd - 1) == '\'') {
      nameEnd--;
      nameEnd -= text.at(nameEnd - 1) == '\\' ? 1 : 0;
    }
    int nameStart = SecretNames.start(text, nameEnd);
    if (nameEnd - nameStart < 3 || !SecretNames.holdsSecret(text.slice(nameStart, nameEnd))) {
      return;
    }
    int value = sign + 1;
    // := => ==
    while (text.at(value) == '=' || text.at(value) == '>') {
      value++;
    }
    value(text, text.blanksEnd(value), text.at(sign) == '=', findings);
  }

  /** Looks at what stands after {@code password is} and the like. */
  static void findSpoken(Text text, int wordEnd, Findings findings) {
    int is = text.blanksEnd(wordEnd);
    if (is == wordEnd) {
      return;
    }
    int end = text.wordEnd(is);
    String verb = text.slice(is, end).toLowerCase(Locale.ROOT);
    boolean says = Set.of("is", "was", "lautet", "ist", "est", "es", "è", "é").contains(verb);
    if (says) {
      int value = text.blanksEnd(text.at(end) == ':' ? end + 1 : end);
      if (value > end) {
        value(text, value, false, findings);
      }
    }
  }

  private static void value(Text text, int at, boolean equals, Findings findings) {
    int start = at;
    char quote = text.at(start);
    if (quote == '\\' && (text.at(start + 1) == '"' || text.at(start + 1) == '\'')) {
      start++;
      quote = text.at(start);
    }
    if (text.letter(start) && (text.at(start + 1) == '"' || text.at(start + 1) == '\'')) {
      // b"…", r"…"
      start++;
      quote = text.at(start);
    }
    boolean quoted = quote == '"' || quote == '\'' || quote == '`';
    boolean escaped = quoted && text.at(start - 1) == '\\';
    start += quoted ? 1 : 0;
    for (String scheme : new String[] {"bearer ", "basic ", "token "}) {
      start += text.hasIgnoringCase(start, scheme) ? scheme.length() : 0;
    }
    // Before `from` stands a field's name alone, and the text is its value as a whole.
    boolean whole = !quoted && text.from() > 0 && start == text.from();
    int end = start;
    while (end < text.length()
        && end - start < LONGEST
        && (whole ? text.at(end) >= ' ' : inValue(text, end, quoted, escaped, quote))) {
      boolean escape = quoted && !escaped && text.at(end) == '\\' && text.at(end + 1) == quote;
      end += escape ? 2 : 1;
    }
    if (!quoted && !whole) {
      while (end > start && ".,;:)".indexOf(text.at(end - 1)) >= 0) {
        end--;
      }
    }
    String value = text.slice(start, end);
    if (secret(value, quoted || whole, equals)) {
      findings.add(Kind.SECRET, start, end, Mark.on(value) ? Standing.PSEUDONYM : Standing.REAL);
    }
  }

  private static boolean inValue(Text text, int i, boolean quoted, boolean escaped, char quote) {
    char c = text.at(i);
    if (c == '\n' || c == '\r' || (c == '\\' && (escaped || text.at(i + 1) != quote))) {
      return false;
    }
    if (quoted) {
      return c != quote;
    }
    return c > ' ' && "\"'`,;<>|\\\u00a0".indexOf(c) < 0 && !(c == '&' && nextParameter(text, i));
  }

  /** {@code &name=} */
  private static boolean nextParameter(Text text, int ampersand) {
    int end = ampersand + 1;
    while (text.word(end) || text.at(end) == '_' || text.at(end) == '-') {
      end++;
    }
    return text.at(end) == '=' && end > ampersand + 1;
  }

  /** Not a placeholder, a type, a call or a word of prose. */
  private static boolean secret(String value, boolean quoted, boolean equals) {
    int least = quoted ? 4 : 5;
    if (value.length() < least
        || NO_VALUES.contains(value.toLowerCase(Locale.ROOT))
        || value.startsWith("$")
        || value.startsWith("{")
        || value.startsWith("[")
        || value.startsWith("%")
        || value.startsWith("<")
        || value.contains("***")
        || value.contains("...")
        || value.contains("…")
        || value.toLowerCase(Locale.ROOT).contains("your")
        || value.toLowerCase(Locale.ROOT).startsWith("xxx")) {
      return false;
    }
    int digits = 0;
    int letters = 0;
    int capitals = 0;
    int spaces = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      digits += c >= '0' && c <= '9' ? 1 : 0;
      letters += Character.isLetter(c) ? 1 : 0;
      capitals += i > 0 && Character.isUpperCase(c) ? 1 : 0;
      spaces += c == ' ' ? 1 : 0;
    }
    if (quoted) {
      // Several words are a passphrase only where something else is among them.
      return spaces == 0 || digits > 0 || (spaces >= 3 && value.length() < 60);
    }
    boolean code = value.indexOf('(') >= 0 || value.indexOf('[') >= 0 || dotted(value, digits);
    int signs = value.length() - letters - digits;
    boolean strong = (digits > 0 && letters > 0) || (signs > 0 && letters > 0 && digits > 0);
    boolean number = letters == 0 && signs == 0;
    return !code
        && (strong
            || (equals && number && value.length() >= 4)
            || (signs == 0 && capitals > 2 && value.length() >= 16 && CharacterRuns.mixed(value))
            || (capitals > 1 && signs > 0)
            || (signs > 0 && "!@#%^&*+".chars().anyMatch(c -> value.indexOf(c) >= 0)));
  }

  /** settings.api_key, os.environ */
  private static boolean dotted(String value, int digits) {
    return value.indexOf('.') > 0 && digits == 0 && value.matches("[A-Za-z_][A-Za-z_.]*");
  }

  /** Looks at what stands after the word Bearer or Basic that ends at {@code wordEnd}. */
  static void findScheme(Text text, int wordEnd, boolean basic, Findings findings) {
    if (text.at(wordEnd) != ' ') {
      return;
    }
    int start = wordEnd + 1;
    int end = start;
    int digits = 0;
    int capitals = 0;
    while (text.at(end) < 128
        && (text.word(end) || ("-._~+/=".indexOf(text.at(end)) >= 0 && text.at(end) != 0))) {
      digits += text.digit(end) ? 1 : 0;
      capitals += end > start && text.upper(end) ? 1 : 0;
      end++;
    }
    while (end > start && text.at(end - 1) == '.') {
      end--;
    }
    String value = text.slice(start, end);
    boolean right =
        basic
            ? EncodedTexts.holdsColon(value) || (Mark.on(value) && digits + capitals > 2)
            : value.length() >= 12 && digits > 0;
    if (right) {
      findings.add(Kind.SECRET, start, end, Mark.on(value) ? Standing.PSEUDONYM : Standing.REAL);
    }
  }
}
