package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;
import java.util.Set;

/** E-mail addresses, from their at sign outwards; {@code %40} is one too. */
final class Emails {
  private static final int MOST_LOCAL = 64;
  private static final int MOST_DOMAIN = 253;

  /** What stands after an at sign in file and package names. */
  private static final Set<String> FILE_ENDINGS =
      Set.of("png", "jpg", "jpeg", "gif", "svg", "webp", "js", "ts", "css", "json", "pdf", "tgz");

  private Emails() {}

  /** Looks around the at sign at {@code at} that is {@code width} characters wide. */
  static void find(Text text, int at, int width, int userinfoEnd, Findings findings) {
    int start = at;
    while (start > 0 && at - start < MOST_LOCAL && local(text, start - 1)) {
      start--;
    }
    while (start < at && !text.word(start) && text.at(start) != '_') {
      start++;
    }
    if (start == at || at == userinfoEnd) {
      return;
    }
    // An escaped line break, as in JSON within JSON.
    if (text.at(start - 1) == '\\' && "nrt".indexOf(text.at(start)) >= 0 && at - start > 1) {
      start++;
    }
    int end = at + width;
    int dot = -1;
    int labelStart = end;
    while (end - at < MOST_DOMAIN) {
      char c = text.at(end);
      if (text.word(end) || (c == '-' && end > labelStart && text.word(end + 1))) {
        end++;
      } else if (c == '.' && end > labelStart && text.word(end + 1)) {
        dot = end++;
        labelStart = end;
      } else {
        break;
      }
    }
    if (dot < 0 || end - dot < 3 || end - dot > 25 || !lettersAlone(text, dot + 1, end)) {
      return;
    }
    String domain = text.slice(at + width, end).toLowerCase(java.util.Locale.ROOT);
    if (FILE_ENDINGS.contains(domain.substring(domain.lastIndexOf('.') + 1))
        || (text.at(end) == ':' && text.has(start, "git@"))) {
      return;
    }
    findings.add(Kind.EMAIL, start, end, reserved(domain) ? Standing.RESERVED : Standing.REAL);
  }

  private static boolean local(Text text, int i) {
    return text.word(i) || "._%+-'".indexOf(text.at(i)) >= 0;
  }

  private static boolean lettersAlone(Text text, int start, int end) {
    if (text.has(start, "xn--")) {
      return true;
    }
    for (int i = start; i < end; i++) {
      if (!text.letter(i)) {
        return false;
      }
    }
    return true;
  }

  /** RFC 2606. */
  private static boolean reserved(String domain) {
    String bare = "." + domain;
    return bare.endsWith(".example.com")
        || bare.endsWith(".example.org")
        || bare.endsWith(".example.net")
        || bare.endsWith(".example")
        || bare.endsWith(".invalid");
  }
}
