package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;

/** Hardware addresses: six pairs of hexadecimal digits between colons or dashes. */
final class MacAddresses {
  private static final int LENGTH = 17;

  private MacAddresses() {}

  /** Looks at {@code start}; returns the end of an address, else {@code start}. */
  static int find(Text text, int start, Findings findings) {
    char separator = text.at(start + 2);
    if (separator != ':' && separator != '-') {
      return start;
    }
    for (int i = 0; i < LENGTH; i++) {
      boolean right = i % 3 == 2 ? text.at(start + i) == separator : text.hex(start + i);
      if (!right) {
        return start;
      }
    }
    int end = start + LENGTH;
    char before = text.at(start - 1);
    if (text.word(end) || before == separator || (text.at(end) == separator && text.hex(end + 1))) {
      return start;
    }
    findings.add(Kind.MAC, start, end, standing(text.slice(start, end)));
    return end;
  }

  private static Standing standing(String address) {
    String bare = address.replace('-', ':');
    if (bare.equals("00:00:00:00:00:00") || bare.equalsIgnoreCase("ff:ff:ff:ff:ff:ff")) {
      return Standing.RESERVED;
    }
    return bare.startsWith("02:00:") ? Standing.PSEUDONYM : Standing.REAL;
  }
}
