package dev.candor.scrub;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws values as people and services write them. Check digits are computed here from the numbers'
 * own rules, names and formats are lists of this class: nothing is shared with the detectors.
 */
final class LabelledValues {
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";
  private static final String HEX = "0123456789abcdef";
  private static final String BASE62 = LOWER + UPPER + DIGITS;

  private static final List<String> GIVEN =
      List.of(
          "Emma",
          "Liam",
          "Olivia",
          "Noah",
          "Ava",
          "Ethan",
          "Mia",
          "Lucas",
          "Harper",
          "Jacob",
          "Nora",
          "Wyatt",
          "Hazel",
          "Everett",
          "Delilah",
          "Jonas",
          "Lea",
          "Finn",
          "Marlene",
          "Thorben",
          "Gudrun",
          "Ottmar",
          "Camille",
          "Léo",
          "Manon",
          "Thibault",
          "Solène",
          "Gaëtan",
          "Lucía",
          "Álvaro",
          "Nerea",
          "Iker",
          "Giulia",
          "Matteo",
          "Ornella",
          "Fiorella",
          "João",
          "Beatriz",
          "Thiago",
          "Jaqueline",
          "Sanne",
          "Bram",
          "Floortje",
          "Astrid",
          "Lars",
          "Oddvar",
          "Katarzyna",
          "Piotr",
          "Bożena",
          "Zuzana",
          "Ondřej",
          "László",
          "Ágnes",
          "Ioana",
          "Dragan",
          "Svetlana",
          "Dmitri",
          "Oksana",
          "Mehmet",
          "Ayşe",
          "Fatima",
          "Omar",
          "Yusuf",
          "Priya",
          "Rahul",
          "Ananya",
          "Venkat",
          "Wei",
          "Xiuying",
          "Haruto",
          "Sakura",
          "Minjun",
          "Jisoo",
          "Thanh",
          "Linh",
          "Kwame",
          "Ngozi",
          "Chidi",
          "Amara",
          "Thabo",
          "Sarah",
          "Michael",
          "Jennifer",
          "David",
          "Laura",
          "James",
          "Maria",
          "Peter",
          "Susan",
          "Robert",
          "Anna",
          "Thomas",
          "Julia",
          "Daniel");

  private static final List<String> SURNAMES =
      List.of(
          "Smith",
          "Johnson",
          "Williams",
          "O'Brien",
          "McDonald",
          "Fitzgerald",
          "Nguyen",
          "Patel",
          "Kowalski",
          "Nowak",
          "Müller",
          "Schmidt",
          "Weber",
          "Becker",
          "Hoffmann",
          "Zimmermann",
          "Dubois",
          "Lefèvre",
          "Moreau",
          "Girard",
          "García",
          "Fernández",
          "Ibáñez",
          "Romero",
          "Rossi",
          "Esposito",
          "Bianchi",
          "Colombo",
          "Silva",
          "Pereira",
          "Oliveira",
          "Visser",
          "de Vries",
          "van den Berg",
          "Jansen",
          "Hansen",
          "Johansson",
          "Lindqvist",
          "Novák",
          "Horváth",
          "Popescu",
          "Petrović",
          "Ivanova",
          "Sokolov",
          "Shevchenko",
          "Yılmaz",
          "Demir",
          "Al-Farsi",
          "Haddad",
          "Sharma",
          "Iyer",
          "Reddy",
          "Wang",
          "Zhang",
          "Tanaka",
          "Suzuki",
          "Kim",
          "Park",
          "Tran",
          "Okafor",
          "Mensah",
          "Dlamini",
          "Harrington",
          "Blackwood",
          "Castellano",
          "Thornton",
          "Quigley",
          "Abernathy",
          "Vandermeer",
          "Szczepański",
          "Underwood",
          "Brown",
          "King");

  private static final List<String> DOMAINS =
      List.of(
          "gmail.com",
          "outlook.com",
          "yahoo.fr",
          "web.de",
          "gmx.net",
          "libero.it",
          "uol.com.br",
          "qq.com",
          "mail.ru",
          "acme-corp.io",
          "cs.uni-muenchen.de",
          "nhs.uk",
          "students.ox.ac.uk",
          "icloud.com",
          "proton.me",
          "kpn.nl",
          "seznam.cz",
          "orange.fr",
          "northwind.travel",
          "sub.division.bigcorp.com");

  private static final List<String> PHONES =
      List.of(
          "+49 17# #######",
          "+49 (0)30 ######",
          "+44 7### ######",
          "+44 20 7### ####",
          "+1 41# 5##-####",
          "+1-212-#32-####",
          "+33 6 ## ## ## ##",
          "+34 6## ### ###",
          "+39 3## ### ####",
          "+31 6 ########",
          "+48 5## ### ###",
          "+91 98### #####",
          "+81 90 #### ####",
          "+86 138 #### ####",
          "+55 11 9####-####",
          "+4917#########",
          "+61 4## ### ###",
          "+46 70 ### ## ##",
          "+41 79 ### ## ##",
          "0049 17# #######",
          "(41#) 5##-####",
          "(212) #32-####",
          "415-5##-####",
          "312.6##.####",
          "1-800-5##-####",
          "07### ######",
          "020 7### ####",
          "017# #######",
          "030/#######",
          "0171-#######",
          "06 ## ## ## ##",
          "06.##.##.##.##",
          "090-####-####",
          "03-3###-####",
          "(11) 9####-####",
          "138 #### ####");

  /** Forms that only a word nearby tells from other numbers. */
  private static final List<String> BARE_PHONES =
      List.of(
          "017########", "07#########", "6## ## ## ##", "98### #####", "415#######", "3## #######");

  private final RandomGenerator random;

  LabelledValues(RandomGenerator random) {
    this.random = random;
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  String digits(int count) {
    return from(DIGITS, count);
  }

  private String from(String alphabet, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  /** A hash for each digit. */
  private String filled(String form) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < form.length(); i++) {
      char c = form.charAt(i);
      text.append(
          c == '#'
              ? (char) ('0' + (text.isEmpty() ? 1 + random.nextInt(9) : random.nextInt(10)))
              : c);
    }
    return text.toString();
  }

  String surname() {
    return one(SURNAMES);
  }

  String given() {
    return one(GIVEN);
  }

  String name() {
    return switch (random.nextInt(10)) {
      case 0 -> given() + " " + (char) ('A' + random.nextInt(26)) + ". " + surname();
      case 1 -> given() + " " + given() + " " + surname();
      case 2 -> given() + "-" + given() + " " + surname();
      default -> given() + " " + surname();
    };
  }

  String email() {
    String given = ascii(given()).toLowerCase(java.util.Locale.ROOT);
    String surname =
        ascii(surname()).toLowerCase(java.util.Locale.ROOT).replace("'", "").replace(" ", "");
    String local =
        switch (random.nextInt(6)) {
          case 0 -> given + "." + surname;
          case 1 -> given.charAt(0) + surname;
          case 2 -> given + random.nextInt(100);
          case 3 -> surname + "_" + given;
          case 4 -> given + "." + surname + "+" + from(LOWER, 4);
          default -> from(LOWER, 2 + random.nextInt(8));
        };
    return local + "@" + one(DOMAINS);
  }

  private static String ascii(String text) {
    return java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD)
        .replaceAll("[^A-Za-z' -]", "");
  }

  String phone() {
    return filled(one(PHONES));
  }

  String barePhone() {
    return filled(one(BARE_PHONES));
  }

  String card() {
    List<String> issuers =
        List.of("4", "4", "51", "55", "2221", "34", "37", "6011", "3528", "6212");
    String prefix = one(issuers);
    int length = prefix.startsWith("3") && prefix.length() == 2 ? 15 : 16;
    String body = prefix + digits(length - 1 - prefix.length());
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int digit = body.charAt(body.length() - 1 - i) - '0';
      int weighed = i % 2 == 0 ? 2 * digit : digit;
      sum += weighed / 10 + weighed % 10;
    }
    String number = body + (10 - sum % 10) % 10;
    String separator = one(List.of("", " ", " ", "-"));
    return length == 15
        ? number.substring(0, 4)
            + separator
            + number.substring(4, 10)
            + separator
            + number.substring(10)
        : number.replaceAll("(.{4})(?=.)", "$1" + separator);
  }

  String iban() {
    String[] form =
        one(List.of(
                "DE:##################",
                "GB:NWBK##############",
                "FR:####################AB#",
                "ES:####################",
                "IT:X######################",
                "NL:ABNA##########",
                "AT:################",
                "CH:#################",
                "PL:########################",
                "BE:############"))
            .split(":");
    String account = filled(form[1]);
    StringBuilder numeric = new StringBuilder();
    String moved = account + form[0] + "00";
    for (int i = 0; i < moved.length(); i++) {
      char c = moved.charAt(i);
      numeric.append(c >= 'A' ? c - 'A' + 10 : c - '0');
    }
    int check =
        98
            - new java.math.BigInteger(numeric.toString())
                .mod(java.math.BigInteger.valueOf(97))
                .intValue();
    String iban = "%s%02d%s".formatted(form[0], check, account);
    return random.nextBoolean() ? iban : iban.replaceAll("(.{4})(?=.)", "$1 ");
  }

  /** With a word that names it: {@code word|number}. */
  String nationalId() {
    return switch (random.nextInt(14)) {
      case 0, 1 ->
          "SSN|%d-%02d-%04d"
              .formatted(
                  100 + random.nextInt(500), 1 + random.nextInt(99), 1 + random.nextInt(9999));
      case 2 -> "NHS number|" + spaced(nhs(), 3, 6);
      case 3 ->
          "National Insurance number|"
              + one(List.of("AB", "CE", "JG", "PW", "SR"))
              + filled(one(List.of(" ## ## ## ", "######")))
              + one(List.of("A", "B", "C", "D"));
      case 4 -> "Steuer-ID|" + steuer();
      case 5 -> "numéro de sécurité sociale|" + nir();
      case 6 -> "DNI|" + dni();
      case 7 -> "NIE|" + nie();
      case 8 -> "BSN|" + bsn();
      case 9 -> "CPF|" + cpf();
      case 10 -> "Aadhaar|" + aadhaar();
      case 11 -> "PESEL|" + pesel();
      case 12 -> "personnummer|" + personnummer();
      default -> "passport|" + one(List.of("C", "X", "AB")) + digits(7);
    };
  }

  private static String spaced(String digits, int first, int second) {
    return digits.substring(0, first)
        + " "
        + digits.substring(first, second)
        + " "
        + digits.substring(second);
  }

  private String nhs() {
    while (true) {
      String body = "4" + digits(8);
      int sum = 0;
      for (int i = 0; i < 9; i++) {
        sum += (10 - i) * (body.charAt(i) - '0');
      }
      int check = (11 - sum % 11) % 11;
      if (check < 10) {
        return body + check;
      }
    }
  }

  private String steuer() {
    while (true) {
      StringBuilder body = new StringBuilder();
      java.util.List<Integer> order =
          new java.util.ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
      java.util.Collections.shuffle(order, java.util.Random.from(random));
      order.set(9, order.get(random.nextInt(9)));
      java.util.Collections.shuffle(order, java.util.Random.from(random));
      order.forEach(body::append);
      if (body.charAt(0) == '0') {
        continue;
      }
      int carry = 10;
      for (int i = 0; i < body.length(); i++) {
        int sum = (body.charAt(i) - '0' + carry) % 10;
        carry = 2 * (sum == 0 ? 10 : sum) % 11;
      }
      String number = body.toString() + (11 - carry) % 10;
      return random.nextBoolean()
          ? number
          : number.replaceAll("(..)(...)(...)(...)", "$1 $2 $3 $4");
    }
  }

  private String nir() {
    String body =
        "%d%02d%02d%s"
            .formatted(
                1 + random.nextInt(2),
                random.nextInt(100),
                1 + random.nextInt(12),
                "75" + digits(6));
    String number = "%s%02d".formatted(body, 97 - Long.parseLong(body) % 97);
    return random.nextBoolean()
        ? number
        : number.replaceAll("(.)(..)(..)(..)(...)(...)(..)", "$1 $2 $3 $4 $5 $6 $7");
  }

  private String dni() {
    String body = digits(8);
    char letter = "TRWAGMYFPDXBNJZSQVHLCKE".charAt(Integer.parseInt(body) % 23);
    return body + one(List.of("", "", "-")) + letter;
  }

  private String nie() {
    String body = digits(7);
    int first = random.nextInt(3);
    return "XYZ".charAt(first)
        + body
        + "TRWAGMYFPDXBNJZSQVHLCKE".charAt(Integer.parseInt(first + body) % 23);
  }

  private String bsn() {
    while (true) {
      String body = "1" + digits(7);
      int sum = 0;
      for (int i = 0; i < 8; i++) {
        sum += (9 - i) * (body.charAt(i) - '0');
      }
      if (sum % 11 < 10) {
        return body + sum % 11;
      }
    }
  }

  private String cpf() {
    StringBuilder number = new StringBuilder(digits(9));
    for (int length = 9; length < 11; length++) {
      int sum = 0;
      for (int i = 0; i < length; i++) {
        sum += (length + 1 - i) * (number.charAt(i) - '0');
      }
      int rest = sum % 11;
      number.append(rest < 2 ? 0 : 11 - rest);
    }
    return number
        .toString()
        .replaceAll("(...)(...)(...)(..)", random.nextInt(4) == 0 ? "$1$2$3$4" : "$1.$2.$3-$4");
  }

  /** Tries the last digit until Verhoeff's published tables say that it is right. */
  private String aadhaar() {
    int[][] multiply = {
      {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
      {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
      {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
      {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
      {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
      {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
      {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
      {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
      {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
      {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
    };
    int[][] permute = {
      {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
      {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
      {5, 8, 0, 3, 7, 9, 6, 1, 4, 2},
      {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
      {9, 4, 5, 3, 1, 2, 6, 8, 7, 0},
      {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
      {2, 7, 9, 3, 8, 0, 6, 4, 1, 5},
      {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}
    };
    String body = (2 + random.nextInt(8)) + digits(10);
    for (int last = 0; ; last++) {
      String number = body + last;
      int check = 0;
      for (int i = 0; i < 12; i++) {
        check = multiply[check][permute[i % 8][number.charAt(11 - i) - '0']];
      }
      if (check == 0) {
        return number.replaceAll(
            "(....)(....)(....)", random.nextInt(4) == 0 ? "$1$2$3" : "$1 $2 $3");
      }
    }
  }

  private String pesel() {
    String body =
        "%02d%02d%02d%s"
            .formatted(
                random.nextInt(100), 1 + random.nextInt(12), 1 + random.nextInt(28), digits(4));
    int[] weights = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      sum += weights[i] * (body.charAt(i) - '0');
    }
    return body + (10 - sum % 10) % 10;
  }

  private String personnummer() {
    String body =
        "%02d%02d%02d%s"
            .formatted(
                random.nextInt(100), 1 + random.nextInt(12), 1 + random.nextInt(28), digits(3));
    int sum = 0;
    for (int i = 0; i < 9; i++) {
      int weighed = (body.charAt(i) - '0') * (i % 2 == 0 ? 2 : 1);
      sum += weighed / 10 + weighed % 10;
    }
    String number = body + (10 - sum % 10) % 10;
    return (random.nextBoolean() ? "19" : "") + number.substring(0, 6) + "-" + number.substring(6);
  }

  String ip() {
    return switch (random.nextInt(4)) {
      case 0 ->
          "2a0%d:%s::%s"
              .formatted(random.nextInt(10), from(HEX.substring(1), 3), from(HEX.substring(1), 2));
      case 1 ->
          "2001:%s:%s:%s:%s:%s:%s:%s"
              .formatted(
                  from(HEX, 3) + "1",
                  from(HEX, 4),
                  from(HEX, 4),
                  from(HEX, 4),
                  from(HEX, 4),
                  from(HEX, 4),
                  from(HEX, 4));
      case 2 ->
          "10.%d.%d.%d".formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256));
      default ->
          "%d.%d.%d.%d"
              .formatted(
                  11 + random.nextInt(100),
                  random.nextInt(256),
                  random.nextInt(256),
                  random.nextInt(256));
    };
  }

  String mac() {
    String separator = one(List.of(":", ":", "-"));
    StringBuilder mac = new StringBuilder("3c");
    for (int i = 0; i < 5; i++) {
      mac.append(separator).append(from(HEX, 2));
    }
    return random.nextBoolean()
        ? mac.toString()
        : mac.toString().toUpperCase(java.util.Locale.ROOT);
  }

  String password() {
    return switch (random.nextInt(4)) {
      case 0 -> from(LOWER, 6) + random.nextInt(1000);
      case 1 -> from(UPPER, 1) + from(LOWER, 5) + "!" + digits(2);
      case 2 -> from(BASE62, 10) + "9a";
      default -> from(LOWER, 4) + "-" + from(LOWER, 5) + "-" + digits(2);
    };
  }

  String key() {
    return from(BASE62, 20 + random.nextInt(25));
  }

  String token() {
    return switch (random.nextInt(20)) {
      case 0 -> "sk-" + from(BASE62, 48);
      case 1 -> "sk-proj-" + from(BASE62 + "_-", 60) + "a1";
      case 2 -> "sk-ant-api03-" + from(BASE62 + "_-", 90) + "AA";
      case 3 -> "AKIA" + from(UPPER + "234567", 16);
      case 4 -> "ghp_" + from(BASE62, 36);
      case 5 -> "github_pat_" + from(BASE62, 22) + "_" + from(BASE62, 59);
      case 6 -> "glpat-" + from(BASE62 + "_-", 19) + "x";
      case 7 -> "xoxb-" + digits(12) + "-" + digits(12) + "-" + from(BASE62, 24);
      case 8 -> "sk_live_" + from(BASE62, 24);
      case 9 -> "AIza" + from(BASE62 + "_-", 34) + "k";
      case 10 -> "hf_" + from(LOWER + UPPER, 34);
      case 11 -> "npm_" + from(BASE62, 36);
      case 12 -> "pypi-AgEIcHlwaS5vcmc" + from(BASE62 + "_-", 70) + "Q";
      case 13 -> "SG." + from(BASE62 + "_-", 21) + "a." + from(BASE62 + "_-", 42) + "b";
      case 14 -> "SK" + from(HEX, 32);
      case 15 -> "gsk_" + from(BASE62, 52);
      case 16 -> "dop_v1_" + from(HEX, 64);
      case 17 -> "ASIA" + from(UPPER + "234567", 16);
      case 18 -> "hvs." + from(BASE62, 24);
      default -> "whsec_" + from(BASE62, 32);
    };
  }

  String jwt() {
    String header =
        url("{\"alg\":\"%s\",\"typ\":\"JWT\"}".formatted(one(List.of("HS256", "RS256", "ES256"))));
    String payload = url("{\"sub\":\"%s\",\"iat\":%s}".formatted(digits(8), digits(10)));
    return header + "." + payload + "." + from(BASE62 + "_-", 42) + "A";
  }

  private static String url(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }

  /** The body alone is secret: {@code begin|body|end}. */
  String[] privateKey(String lineBreak) {
    String label =
        one(
            List.of(
                "RSA PRIVATE KEY",
                "PRIVATE KEY",
                "EC PRIVATE KEY",
                "OPENSSH PRIVATE KEY",
                "PGP PRIVATE KEY BLOCK"));
    StringBuilder body = new StringBuilder();
    for (int line = 0; line < 3 + random.nextInt(20); line++) {
      body.append(line > 0 ? lineBreak : "").append(from(BASE62 + "+/", 64));
    }
    body.append(lineBreak).append(from(BASE62 + "+/", 30)).append("ab==");
    return new String[] {
      "-----BEGIN " + label + "-----" + lineBreak,
      body.toString(),
      lineBreak + "-----END " + label + "-----"
    };
  }

  String urlCredential() {
    return ascii(given()).toLowerCase(java.util.Locale.ROOT) + ":" + from(BASE62, 9) + "4";
  }

  String birthDate(String language) {
    int day = 1 + random.nextInt(28);
    int month = 1 + random.nextInt(12);
    int year = 1930 + random.nextInt(80);
    List<String> months =
        switch (language) {
          case "de" ->
              List.of(
                  "Januar",
                  "Februar",
                  "März",
                  "April",
                  "Mai",
                  "Juni",
                  "Juli",
                  "August",
                  "September",
                  "Oktober",
                  "November",
                  "Dezember");
          case "fr" ->
              List.of(
                  "janvier",
                  "février",
                  "mars",
                  "avril",
                  "mai",
                  "juin",
                  "juillet",
                  "août",
                  "septembre",
                  "octobre",
                  "novembre",
                  "décembre");
          case "es" ->
              List.of(
                  "enero",
                  "febrero",
                  "marzo",
                  "abril",
                  "mayo",
                  "junio",
                  "julio",
                  "agosto",
                  "septiembre",
                  "octubre",
                  "noviembre",
                  "diciembre");
          default ->
              List.of(
                  "January",
                  "February",
                  "March",
                  "April",
                  "May",
                  "June",
                  "July",
                  "August",
                  "September",
                  "October",
                  "November",
                  "December");
        };
    String name = months.get(month - 1);
    return switch (language) {
      case "de" ->
          random.nextBoolean()
              ? "%02d.%02d.%d".formatted(day, month, year)
              : "%d. %s %d".formatted(day, name, year);
      case "fr" ->
          random.nextBoolean()
              ? "%02d/%02d/%d".formatted(day, month, year)
              : "%d %s %d".formatted(day, name, year);
      case "es" ->
          random.nextBoolean()
              ? "%02d-%02d-%d".formatted(day, month, year)
              : "%d de %s de %d".formatted(day, name, year);
      default ->
          switch (random.nextInt(6)) {
            case 0 -> "%d-%02d-%02d".formatted(year, month, day);
            case 1 -> "%d/%d/%d".formatted(month, day, year);
            case 2 -> "%s %d, %d".formatted(name, day, year);
            case 3 -> "%d %s %d".formatted(day, name, year);
            case 4 -> "%02d/%02d/%02d".formatted(day, month, year % 100);
            default -> "%d %s %d".formatted(day, name.substring(0, 3), year);
          };
    };
  }

  String address(String language) {
    int number = 1 + random.nextInt(300);
    return switch (language) {
      case "de" ->
          one(
                  List.of(
                      "Hauptstraße",
                      "Lindenweg",
                      "Goethestr.",
                      "Marienplatz",
                      "Königsallee",
                      "Münchner Straße",
                      "Alte Gasse"))
              + " "
              + (1 + random.nextInt(150))
              + one(List.of("", "", "a"))
              + one(List.of("", ", 10115 Berlin", ", 80331 München", ", 04109 Leipzig"));
      case "fr" ->
          number
              + one(
                  List.of(
                      " rue de la République",
                      " avenue Victor Hugo",
                      " bis rue des Lilas",
                      " boulevard Saint-Germain",
                      ", place Bellecour",
                      " chemin du Moulin"))
              + one(List.of("", ", 75011 Paris", ", 69002 Lyon"));
      case "es" ->
          one(
                  List.of(
                      "Calle Mayor",
                      "Avenida de la Constitución",
                      "Plaza del Sol",
                      "Paseo de Gracia",
                      "C/ Serrano"))
              + one(List.of(" ", ", "))
              + number
              + one(List.of("", ", 28013 Madrid"));
      case "it" ->
          one(
                  List.of(
                      "Via Garibaldi",
                      "Corso Vittorio Emanuele",
                      "Viale dei Mille",
                      "Piazza Navona"))
              + one(List.of(" ", ", "))
              + number;
      case "nl" ->
          one(List.of("Keizersgracht", "Dorpsstraat", "Beethovenlaan"))
              + " "
              + number
              + one(List.of("", ", 1016 AB Amsterdam"));
      default ->
          one(List.of(
                      "%d Maple Street",
                      "%d N. Lincoln Avenue",
                      "%d Old Mill Road",
                      "%d Kings Rd",
                      "%d Elm St",
                      "%d West 42nd Street",
                      "%d St. Mary's Lane",
                      "%d Sunset Blvd",
                      "%d Pine Court, Apt 4B",
                      "%d Orchard Way",
                      "%dA Church Close"))
                  .formatted(number)
              + one(List.of("", "", ", Springfield, IL 62704", ", Leeds", ", Austin, TX 78701"));
    };
  }
}
