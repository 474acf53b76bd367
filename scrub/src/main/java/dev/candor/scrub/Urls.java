package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;

/**
 * What URLs hold: name and password before the host, secrets in the query. <b>For one thread.</b>
 */
final class Urls {
  private static final int LONGEST = 4096;

  /** URLs within a URL that are looked at one by one. */
  private static final int MOST_NESTED = 8;

  private int userinfoEnd = -1;
  private int readUpTo;
  private int nested;

  void clear() {
    userinfoEnd = -1;
    readUpTo = 0;
    nested = 0;
  }

  /** Where the last URL's name and password ended: the at sign there is no e-mail's. */
  int userinfoEnd() {
    return userinfoEnd;
  }

  /** Looks on from {@code colon}, where {@code ://} stands. */
  void find(Text text, int colon, Findings findings) {
    nested = colon < readUpTo ? nested + 1 : 0;
    if (nested > MOST_NESTED) {
      return;
    }
    int host = colon + 3;
    int end = host;
    int at = -1;
    int query = -1;
    int mark = -1;
    while (end - host < LONGEST && inUrl(text.at(end))) {
      char c = text.at(end);
      if (mark < 0 && c == '@') {
        at = end;
      }
      if (mark < 0 && (c == '/' || c == '?' || c == '#')) {
        mark = end;
      }
      if (query < 0 && (c == '?' || c == '#')) {
        query = end + 1;
      }
      end++;
    }
    readUpTo = end;
    if (at > host) {
      userinfoEnd = at;
      userinfo(text, host, at, findings);
    }
    if (query > 0) {
      query(text, query, end, findings);
    }
  }

  private static boolean inUrl(char c) {
    return c > ' '
        && c < 0xfffd
        && c != '"'
        && c != '\''
        && c != '<'
        && c != '>'
        && c != '`'
        && c != '\\'
        && c != ')'
        && c != '\u00a0';
  }

  /** A bare name such as git@ is nobody's secret, a long one is a token. */
  private static void userinfo(Text text, int start, int end, Findings findings) {
    String value = text.slice(start, end);
    int colon = value.indexOf(':');
    boolean secret = colon >= 0 ? colon < value.length() - 1 : value.length() >= 16;
    if (secret && !placeholder(value)) {
      findings.add(Kind.URL_CREDENTIAL, start, end, standing(value));
    }
  }

  private static void query(Text text, int start, int end, Findings findings) {
    int name = start;
    while (name < end) {
      int next = name;
      int equals = -1;
      while (next < end && text.at(next) != '&' && text.at(next) != ';') {
        if (equals < 0 && text.at(next) == '=') {
          equals = next;
        }
        next++;
      }
      int valueEnd = next;
      while (valueEnd > name && ".,!?".indexOf(text.at(valueEnd - 1)) >= 0) {
        valueEnd--;
      }
      if (equals > 0
          && valueEnd - equals > 6
          && SecretNames.holdsSecretInQuery(text.slice(name, equals))) {
        String value = text.slice(equals + 1, valueEnd);
        if (!placeholder(value)) {
          findings.add(Kind.URL_CREDENTIAL, equals + 1, valueEnd, standing(value));
        }
      }
      name = next + 1;
    }
  }

  private static boolean placeholder(String value) {
    return value.indexOf('{') >= 0 || value.indexOf('$') == 0 || value.indexOf('*') >= 0;
  }

  private static Standing standing(String value) {
    return Mark.on(value) ? Standing.PSEUDONYM : Standing.REAL;
  }
}
