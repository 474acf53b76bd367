package dev.candor.scrub;

import dev.candor.scrub.Found.Standing;
import java.util.HashMap;
import java.util.Map;

/** Bank accounts by ISO 13616: country, length and remainder modulo 97. */
final class Ibans {
  private static final Map<String, Integer> LENGTHS = new HashMap<>();

  static {
    String lengths =
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27"
            + " DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21"
            + " HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25"
            + " MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25"
            + " QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24"
            + " TR26 UA29 VA22 VG24 XK20 YE30";
    for (String each : lengths.split(" ")) {
      LENGTHS.put(each.substring(0, 2), Integer.parseInt(each.substring(2)));
    }
  }

  private Ibans() {}

  /** Looks at the word at {@code start}; returns the end of an IBAN, else {@code start}. */
  static int find(Text text, int start, Findings findings) {
    if (!text.letter(start) || !text.letter(start + 1) || text.word(start - 1)) {
      return start;
    }
    int first = start + 2;
    // Some write IBAN "DE 89 …".
    if (text.blank(first)) {
      first++;
    }
    if (!text.digit(first) || !text.digit(first + 1)) {
      return start;
    }
    String country = upper(text.slice(start, start + 2));
    Integer length = LENGTHS.get(country);
    if (length == null) {
      return start;
    }
    StringBuilder account = new StringBuilder(length).append(country);
    int end = first;
    while (account.length() < length) {
      if (text.at(end) < 128 && text.word(end)) {
        account.append(Character.toUpperCase(text.at(end++)));
      } else if ((text.blank(end) || text.at(end) == '-') && text.word(end + 1)) {
        end++;
      } else {
        return start;
      }
    }
    if (text.word(end)) {
      return start;
    }
    if (account.charAt(2) == '0' && account.charAt(3) == '0') {
      // Check digits are 02 to 98.
      findings.add(Kind.IBAN, start, end, Standing.RESERVED);
      return end;
    }
    if (CheckDigits.mod97(account.substring(4) + account.substring(0, 4)) != 1) {
      return start;
    }
    findings.add(Kind.IBAN, start, end, Standing.REAL);
    return end;
  }

  private static String upper(String text) {
    return text.toUpperCase(java.util.Locale.ROOT);
  }
}
