package dev.candor.scrub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.candor.base.random.Seed;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that would make a careless detector read them over and over, or past their ends. */
final class HostileTextTest {
  private final Scrubber scrubber =
      new Scrubber(ScrubRules.builtIn(), "0123456789abcdef".getBytes(UTF_8));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "@",
        "a@",
        "a.",
        "1 ",
        "1",
        "+1",
        "(1",
        "://",
        "http://a:",
        "eyJa-",
        "sk-",
        "-----BEGIN PRIVATE KEY-----",
        "password=",
        "-",
        "Dear ",
        "A ",
        "Anna ",
        "a:",
        "::",
        "ff:",
        "%40",
        "12 street ",
        "rue A ",
        "\\n",
        "é",
        "\ud83d",
        "=",
        "?token=a&",
        "born 1/",
        "A-",
        "0.",
        "IBAN DE00 ",
        "Basic a",
        "\""
      })
  @Timeout(60)
  void find_onePieceOverAndOver_comesToAnEnd(String piece) {
    String text = piece.repeat(400_000 / piece.length());
    assertThatCode(() -> scrubber.find(text)).doesNotThrowAnyException();
  }

  @Test
  void scrub_anyCharacters_keepsWhatIsNotFound() {
    RandomGenerator random = new Seed(3).stream();
    String pieces = "aZ09@.:/-+_= \n\"'\\()%&?éß€\u00a0\ud83d\ude00#,;{}[]<>$";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = 0; k < 60; k++) {
        text.append(pieces.charAt(random.nextInt(pieces.length())));
      }
      String whole = text.toString();
      String clean = scrubber.scrub(whole);
      int end = whole.length();
      int start = 0;
      for (Finding finding : scrubber.find(whole)) {
        assertThat(finding.start()).isBetween(start, end);
        assertThat(finding.end()).isBetween(finding.start() + 1, end);
        assertThat(clean).contains(whole.substring(start, finding.start()));
        start = finding.end();
      }
      assertThat(clean).endsWith(whole.substring(start));
    }
  }
}
