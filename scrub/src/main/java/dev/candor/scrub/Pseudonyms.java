package dev.candor.scrub;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What stands in a value's place: the same for the same key, kind and value, and of the value's
 * shape. <b>For one thread.</b>
 */
final class Pseudonyms {
  /** Longer values are made anew each time they are met. */
  private static final int LONGEST_KEPT = 256;

  private static final int MOST_KEPT = 32_768;

  /** Where a value is too short to differ from others it grows to this many letters and digits. */
  private static final int LEAST = 8;

  private static final Pattern WORD = Pattern.compile("[a-z]{4}");

  private final Draws draws;
  private final Lexicon lexicon = Lexicon.shipped();

  private final Map<String, String> kept =
      new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST_KEPT;
        }
      };

  Pseudonyms(byte[] key) {
    draws = new Draws(key);
  }

  String of(Kind kind, String value) {
    if (value.length() > LONGEST_KEPT) {
      return made(kind, value);
    }
    String name = kind.label() + ' ' + value;
    String known = kept.get(name);
    if (known == null) {
      known = made(kind, value);
      kept.put(name, known);
    }
    return known;
  }

  /** The value of an own rule: its digits alone where they are many. */
  String of(OwnRule rule, String value) {
    draws.begin("rule " + rule.name(), value);
    boolean digitsAlone = NumberPseudonyms.digits(value).length() >= 6;
    char[] alike = value.toCharArray();
    for (int i = 0; i < alike.length; i++) {
      if (!digitsAlone || (alike[i] >= '0' && alike[i] <= '9')) {
        alike[i] = draws.alike(alike[i]);
      }
    }
    Mark.stamp(alike);
    return String.valueOf(alike);
  }

  private String made(Kind kind, String value) {
    draws.begin(kind.label(), normalised(kind, value));
    return switch (kind) {
      case PRIVATE_KEY -> privateKey(value);
      case URL_CREDENTIAL, SECRET -> secret(value, 0);
      case JWT -> secret(value, 3);
      case TOKEN -> secret(value, Tokens.prefixLength(value));
      case EMAIL -> email(value);
      case IBAN -> NumberPseudonyms.iban(value, draws);
      case CARD -> NumberPseudonyms.card(value, draws);
      case NATIONAL_ID -> NumberPseudonyms.nationalId(value, draws);
      case PHONE -> NumberPseudonyms.phone(value, draws);
      case IP -> value.indexOf(':') >= 0 ? ipSix(value) : ipFour();
      case MAC -> mac(value);
      case BIRTH_DATE -> DatePseudonyms.of(value, draws);
      case ADDRESS -> address(value);
      case NAME -> name(value);
    };
  }

  /** What two writings of one value have in common. */
  private static String normalised(Kind kind, String value) {
    return switch (kind) {
      case EMAIL, MAC, IP -> value.toLowerCase(Locale.ROOT).replace('-', ':');
      case CARD, PHONE -> NumberPseudonyms.digits(value);
      case IBAN, NATIONAL_ID -> value.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
      default -> value;
    };
  }

  private String secret(String value, int kept) {
    StringBuilder alike = new StringBuilder(value);
    boolean words = kept == 0 && value.length() < 32 && WORD.matcher(value).find();
    int telegram = value.indexOf(":AA");
    int characters = 0;
    for (int i = 0; i < value.length(); i++) {
      boolean word = Text.classOf(value.charAt(i)) != Text.OTHER;
      characters += word ? 1 : 0;
      // A bot's token of Telegram is known by it.
      boolean sign = telegram > 0 && (i == telegram + 1 || i == telegram + 2);
      if (i >= kept && word && !sign) {
        char before = i > kept ? alike.charAt(i - 1) : 0;
        boolean spoken = words && Text.classOf(value.charAt(i)) == Text.LOWER;
        alike.setCharAt(
            i, spoken ? NamePseudonyms.spoken(draws, before) : draws.alike(value.charAt(i)));
      }
    }
    for (; characters < LEAST; characters++) {
      alike.append((char) ('a' + draws.below(26)));
    }
    char[] stamped = alike.toString().toCharArray();
    Mark.stamp(stamped);
    return String.valueOf(stamped);
  }

  private String privateKey(String value) {
    boolean escaped = value.contains("\\n");
    String body = value.replace("\\r", "").replace("\\n", "\n");
    String alike = secret(body, 0);
    return escaped ? alike.replace("\n", "\\n") : alike;
  }

  private String email(String value) {
    int at = value.indexOf('@');
    int width = 1;
    if (at < 0) {
      at = value.indexOf("%40");
      width = 3;
    }
    if (at < 0) {
      return secret(value, 0);
    }
    return EmailPseudonyms.local(value.substring(0, at), draws)
        + value.substring(at, at + width)
        + EmailPseudonyms.domain(value.substring(at + width), draws);
  }

  private String ipFour() {
    return "%d.%d.%d.%d"
        .formatted(240 + draws.below(15), draws.below(256), draws.below(256), draws.below(256));
  }

  private String ipSix(String value) {
    StringBuilder address = new StringBuilder("2001:db8");
    int groups = (int) value.chars().filter(c -> c == ':').count();
    boolean shortened = value.contains("::");
    int drawn = shortened ? Math.clamp(groups - 1L, 2, 4) : 6;
    address.append(shortened ? ":" : "");
    for (int i = 0; i < drawn; i++) {
      address.append(':').append("%x".formatted(draws.below(256) * 256 + draws.below(256)));
    }
    return address.toString();
  }

  private String mac(String value) {
    StringBuilder address = new StringBuilder("02:00");
    for (int i = 0; i < 4; i++) {
      address.append(":%02x".formatted(draws.below(256)));
    }
    String pseudonym = address.toString().replace(':', value.charAt(2));
    return value.equals(value.toUpperCase(Locale.ROOT))
        ? pseudonym.toUpperCase(Locale.ROOT)
        : pseudonym;
  }

  private String address(String value) {
    boolean postcode = value.length() <= 8 && value.chars().noneMatch(Character::isLowerCase);
    if (postcode && Character.isLetter(value.charAt(0))) {
      char[] alike = value.toCharArray();
      for (int i = 0; i < alike.length; i++) {
        alike[i] = draws.alike(alike[i]);
      }
      alike[0] = "QVX".charAt(draws.below(3));
      for (int i = alike.length - 2; i < alike.length; i++) {
        alike[i] = "ABDEFGHJLNPQRSTUWXYZ".charAt(draws.below(20));
      }
      return String.valueOf(alike);
    }
    return AddressPseudonyms.of(value, lexicon, draws);
  }

  /** Word by word, so that a surname alone has the same pseudonym as within the whole name. */
  private String name(String value) {
    StringBuilder pseudonym = new StringBuilder();
    int at = 0;
    while (at < value.length()) {
      int end = at;
      while (end < value.length() && Text.classOf(value.charAt(end)) != Text.OTHER) {
        end++;
      }
      String word = value.substring(at, Math.max(end, at + 1));
      boolean capital = Character.isUpperCase(word.charAt(0));
      if (end - at < 2) {
        draws.begin("initial", word);
        pseudonym.append(draws.alike(word.charAt(0)));
      } else if (capital) {
        draws.begin("word", word.toLowerCase(Locale.ROOT));
        boolean given = Cue.GIVEN_NAME.in(lexicon.cues(Lexicon.hash(word)));
        String other =
            given ? NamePseudonyms.givenName(draws) : NamePseudonyms.word(draws, word.length());
        pseudonym.append(NamePseudonyms.inCase(other, word));
      } else {
        pseudonym.append(word);
      }
      at += word.length();
    }
    return pseudonym.toString();
  }
}
