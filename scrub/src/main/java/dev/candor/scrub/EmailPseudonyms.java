package dev.candor.scrub;

/**
 * Addresses at example.com, .org and .net (RFC 2606), which are nobody's, as long as the original.
 */
final class EmailPseudonyms {
  private static final int LEAST = 8;
  private static final int LONG_DOMAIN = 14;

  private EmailPseudonyms() {}

  static String local(String original, Draws draws) {
    StringBuilder local = new StringBuilder();
    char before = 0;
    int characters = 0;
    for (int i = 0; i < original.length(); i++) {
      char c = original.charAt(i);
      byte kind = Text.classOf(c);
      if (kind == Text.OTHER) {
        local.append(c == '\'' ? '.' : c);
        before = 0;
        continue;
      }
      characters++;
      if (kind == Text.DIGIT) {
        local.append(draws.alike(c));
      } else {
        before = NamePseudonyms.spoken(draws, before);
        local.append(before);
      }
    }
    // Short ones would soon be the same.
    for (; characters < LEAST - 2; characters++) {
      before = NamePseudonyms.spoken(draws, before);
      local.append(before);
    }
    for (; characters < LEAST; characters++) {
      local.append((char) ('0' + draws.below(10)));
    }
    return local.toString();
  }

  static String domain(String original, Draws draws) {
    StringBuilder domain = new StringBuilder();
    if (original.length() > LONG_DOMAIN) {
      char before = 0;
      for (int i = 0; i < Math.min(40, original.length() - LONG_DOMAIN + 2); i++) {
        before = NamePseudonyms.spoken(draws, before);
        domain.append(before);
      }
      domain.append('.');
    }
    String[] endings = {"com", "org", "net"};
    return domain.append("example.").append(endings[draws.below(3)]).toString();
  }
}
