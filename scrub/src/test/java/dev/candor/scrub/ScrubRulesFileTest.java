package dev.candor.scrub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScrubRulesFileTest {
  private static final byte[] KEY = "0123456789abcdef".getBytes(UTF_8);

  @TempDir Path folder;

  private Scrubber scrubber(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("rules.yaml"), yaml);
    return new Scrubber(ScrubRulesFile.read(file), KEY);
  }

  @Test
  void read_ownRules_replaceAsTheySay() throws IOException {
    Scrubber scrubber =
        scrubber(
            """
            rules:
              - {name: customer, pattern: 'CUST-\\d{8}'}
              - {name: project, pattern: 'Project ([^ .]+)', replace: mask}
              - {name: note, pattern: '\\s*\\(internal\\)', replace: drop}
            """);
    String clean = scrubber.scrub("CUST-12345678 in Project Falcon (internal).");
    assertThat(clean).matches("CUST-\\d{8} in Project \\*{6}\\.").doesNotContain("12345678");
    assertThat(scrubber.remaining(clean)).isEmpty();
    assertThat(scrubber.scrub("CUST-12345678")).isEqualTo(clean.substring(0, 13));
    assertThat(scrubber.report().counts()).containsEntry("customer", 2L).containsEntry("note", 1L);
  }

  @Test
  void read_allowed_staysAsItIs() throws IOException {
    Scrubber scrubber =
        scrubber(
            """
            allow:
              - Support@firma.de
              - {pattern: '.*@ours\\.org'}
            disable: [phone]
            """);
    String text = "support@firma.de, x@ours.org, +49 171 2345678";
    assertThat(scrubber.scrub(text)).isEqualTo(text);
    assertThat(scrubber.scrub("anna@firma.de")).isNotEqualTo("anna@firma.de");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          rules: [{name: a, pattern: '('}]       | :1:28: rules[0].pattern: found '(', which is no regular expression: Unclosed group at its character 2
          rules: [{name: a, pattern: 'x*'}]      | :1:28: rules[0].pattern: found 'x*', which matches nothing at all, everywhere; it must match at least a character
          rules: [{pattern: 'x'}]                | :1:9: rules[0]: name: is missing; a rule needs one, for reports
          rules: [{name: email, pattern: 'x'}]   | :1:16: rules[0].name: found 'email', which is a built-in kind; choose another name
          rules: [{name: a, pattern: x, replace: hide}] | :1:40: rules[0].replace: found 'hide'; known are pseudonym, mask, drop
          disable: [emial]                       | :1:11: disable[0]: found 'emial', which is no kind; did you mean 'email'?
          alow: []                               | :1:7: alow: unknown key 'alow'; did you mean 'allow'?
          """)
  void read_mistake_isToldWithItsPlace(String yaml, String message) {
    assertThatThrownBy(() -> scrubber(yaml))
        .isInstanceOf(CandorException.class)
        .hasMessage(folder.resolve("rules.yaml") + message);
  }

  @Test
  void scrub_patternThatTriesOutTooMuch_isStopped() throws IOException {
    Scrubber scrubber = scrubber("rules: [{name: slow, pattern: '(a+)+b'}]");
    assertThatThrownBy(() -> scrubber.scrub("a".repeat(5000)))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("rules.yaml:1:31: rules[0].pattern: the pattern reads each");
  }

  @Test
  void scrub_patternThatRecursesTooDeeply_isStopped() throws IOException {
    Scrubber scrubber = scrubber("rules: [{name: deep, pattern: '(a|b)+c'}]");
    assertThatThrownBy(() -> scrubber.scrub("ab".repeat(500_000)))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining("rules.yaml:1:31");
  }
}
