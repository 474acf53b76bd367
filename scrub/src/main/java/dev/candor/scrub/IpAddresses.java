package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;

/** IPv4 and IPv6 addresses. */
final class IpAddresses {
  private IpAddresses() {}

  /**
   * Looks at the digit at {@code start}; returns the end of an IPv4 address, else {@code start}.
   */
  static int findFour(Text text, int start, boolean version, Findings findings) {
    int end = start;
    int[] octets = new int[4];
    for (int i = 0; i < 4; i++) {
      if (i > 0 && text.at(end++) != '.') {
        return start;
      }
      int digits = text.digitsEnd(end) - end;
      if (digits < 1 || digits > 3 || (digits > 1 && text.at(end) == '0')) {
        return start;
      }
      for (int stop = end + digits; end < stop; end++) {
        octets[i] = octets[i] * 10 + text.at(end) - '0';
      }
      if (octets[i] > 255) {
        return start;
      }
    }
    char before = text.at(start - 1);
    boolean partOfMore =
        text.word(end)
            || (text.at(end) == '.' && text.digit(end + 1))
            || (text.at(end) == '-' && text.letter(end + 1))
            || before == '.'
            || before == '_'
            || ((before == '-' || before == '/') && text.letter(start - 2));
    if (partOfMore || version) {
      return start;
    }
    findings.add(Kind.IP, start, end, standing(octets));
    return end;
  }

  /**
   * Nobody's: this host, documentation (RFC 5737), multicast, and 240/4, which pseudonyms are from.
   */
  private static Standing standing(int[] octets) {
    boolean documentation =
        (octets[0] == 192 && octets[1] == 0 && octets[2] == 2)
            || (octets[0] == 198 && octets[1] == 51 && octets[2] == 100)
            || (octets[0] == 203 && octets[1] == 0 && octets[2] == 113);
    return octets[0] == 0 || octets[0] == 127 || octets[0] >= 224 || documentation
        ? Standing.RESERVED
        : Standing.REAL;
  }

  /** Looks at {@code start}; returns the end of an IPv6 address, else {@code start}. */
  static int findSix(Text text, int start, Findings findings) {
    int end = start;
    int groups = 0;
    int digits = 0;
    boolean shortened = false;
    if (text.word(start - 1) || text.at(start - 1) == ':') {
      return start;
    }
    if (text.at(end) == ':') {
      if (text.at(end + 1) != ':') {
        return start;
      }
      shortened = true;
      end += 2;
    }
    while (groups < 8) {
      int group = end;
      while (text.hex(end)) {
        digits += text.digit(end++) ? 1 : 0;
      }
      if (end == group) {
        break;
      }
      if (end - group > 4) {
        return start;
      }
      groups++;
      if (text.at(end) != ':') {
        break;
      }
      if (text.at(end + 1) == ':') {
        if (shortened) {
          return start;
        }
        shortened = true;
        end += 2;
      } else if (text.hex(end + 1)) {
        end++;
      } else {
        break;
      }
    }
    boolean whole = shortened ? groups >= 2 && groups <= 7 : groups == 8;
    if (!whole || digits < 2 || text.word(end) || (text.at(end) == ':' && text.word(end + 1))) {
      return start;
    }
    // The tail of ::ffff:192.0.2.1 is an address of its own.
    boolean documentation = text.hasIgnoringCase(start, "2001:db8:");
    findings.add(Kind.IP, start, end, documentation ? Standing.RESERVED : Standing.REAL);
    return end;
  }
}
