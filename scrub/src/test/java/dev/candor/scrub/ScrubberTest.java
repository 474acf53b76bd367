package dev.candor.scrub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScrubberTest {
  private static final byte[] KEY = "0123456789abcdef".getBytes(UTF_8);

  private final Scrubber scrubber = new Scrubber(ScrubRules.builtIn(), KEY);

  private List<String> found(String text) {
    return scrubber.find(text).stream()
        .map(each -> each.kind() + " " + text.substring(each.start(), each.end()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          email       | anna.schmidt@firma.de                  | Write to anna.schmidt@firma.de, please.
          email       | j_doe+x@mail.co.uk                     | <j_doe+x@mail.co.uk>
          email       | jörg@müller.de                         | an jörg@müller.de
          email       | anna%40firma.de                        | https://x.io/?to=anna%40firma.de&x=1
          phone       | +49 171 2345678                        | call +49 171 2345678 now
          phone       | +1 (415) 555-2671                      | +1 (415) 555-2671
          phone       | (415) 655-2671                         | office: (415) 655-2671.
          phone       | 415-655-2671                           | at 415-655-2671, or later
          phone       | 0171/2345678                           | unter 0171/2345678 erreichbar
          phone       | 06 12 34 56 78                         | au 06 12 34 56 78
          phone       | 020 7946 0958                          | on 020 7946 0958
          phone       | 07911123456                            | my mobile is 07911123456
          phone       | 0049 30 901820                         | 0049 30 901820
          card        | 4111 1111 1111 1111                    | card 4111 1111 1111 1111, exp 12/27
          card        | 378282246310005                        | 378282246310005
          card        | 5555-5555-5555-4444                    | MC 5555-5555-5555-4444
          iban        | DE89 3704 0044 0532 0130 00            | IBAN DE89 3704 0044 0532 0130 00.
          iban        | GB29NWBK60161331926819                 | to GB29NWBK60161331926819 today
          national-id | 078-05-1120                            | SSN 078-05-1120
          national-id | 943 476 5919                           | NHS number 943 476 5919
          national-id | AB 12 34 56 C                          | NI AB 12 34 56 C
          national-id | 529.982.247-25                         | CPF 529.982.247-25
          national-id | 12345678Z                              | DNI 12345678Z
          national-id | X1234567L                              | NIE X1234567L
          national-id | RSSMRA85T10A562S                       | CF RSSMRA85T10A562S
          national-id | 44051401359                            | PESEL 44051401359
          national-id | 811228-9874                            | 811228-9874
          national-id | 111222333                              | BSN 111222333
          national-id | 86095742719                            | Steuer-ID 86095742719
          ip          | 81.169.145.77                          | from 81.169.145.77 port 80
          ip          | 2a01:4f8:c17:2d::1                     | host 2a01:4f8:c17:2d::1 is up
          mac         | 3c:22:fb:9a:01:7e                      | at 3c:22:fb:9a:01:7e
          mac         | 00-1B-44-11-3A-B7                      | 00-1B-44-11-3A-B7
          url-credential | admin:hunter2                       | postgres://admin:hunter2@db.intern/x
          url-credential | Qm9iYWxpY2U3                        | https://x.io/a?id=4&token=Qm9iYWxpY2U3&b=2
          jwt         | eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_DEF-123 | jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_DEF-123
          secret      | hunter2!                               | password=hunter2!
          secret      | s3cr3tValue                            | "api_key": "s3cr3tValue"
          secret      | abc123def456ghi                        | Authorization: Bearer abc123def456ghi
          secret      | YWRtaW46aHVudGVyMg==                   | Basic YWRtaW46aHVudGVyMg==
          secret      | Kj8sPq2LmX9vTz4RwB7n                   | see Kj8sPq2LmX9vTz4RwB7n there
          secret      | correct-horse7                         | the password is correct-horse7
          birth-date  | 12/03/1985                             | born 12/03/1985 in Leeds
          birth-date  | 1985-03-12                             | DOB: 1985-03-12
          birth-date  | 12. März 1985                          | geboren am 12. März 1985
          birth-date  | March 12, 1985                         | born on March 12, 1985
          birth-date  | 12 de marzo de 1985                    | nacido el 12 de marzo de 1985
          address     | 221B Baker Street                      | lives at 221B Baker Street now
          address     | Hauptstraße 12, 10115 Berlin           | in der Hauptstraße 12, 10115 Berlin
          address     | Berliner Straße 5                      | Berliner Straße 5
          address     | 12 Mill Lane, Leeds                    | 12 Mill Lane, Leeds is it
          address     | 12 rue de la Paix                      | au 12 rue de la Paix
          address     | Calle Mayor 5                          | en Calle Mayor 5
          address     | 742 Evergreen Terrace, Springfield, IL 62704 | 742 Evergreen Terrace, Springfield, IL 62704
          address     | SW1A 1AA                               | London SW1A 1AA
          name        | Anna Schmidt                           | said Anna Schmidt yesterday
          name        | Smith                                  | ask Mr. Smith about it
          name        | Anna van der Berg                      | by Anna van der Berg
          name        | Xaver Quellmann                        | my name is Xaver Quellmann, and
          name        | Xaver Quellmann                        | Dear Xaver Quellmann,
          """)
  void find_value_isFoundWhole(String kind, String value, String text) {
    assertThat(found(text)).containsExactly(kind + " " + value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-proj-AbCdEf0123456789AbCdEf0123456789",
        "sk-ant-api03-AbCdEf0123456789_AbCdEf0123456789",
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "glpat-abcDEF1234567890abcd",
        "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY",
        "hf_aBcDeFgHiJkLmNoPqRsTuVwXyZ01234567",
        "SG.abcdefghij1234567890AB.abcdefghijABCDEFGHIJ1234567890abcdefghijABC"
      })
  void find_token_isFoundWhole(String token) {
    assertThat(found("key " + token + ".")).containsExactly("token " + token);
    assertThat(scrubber.remaining(scrubber.scrub("key " + token))).isEmpty();
    assertThat(scrubber.scrub(token)).hasSameSizeAs(token).startsWith(token.substring(0, 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Order 4111111111111112 shipped",
        "version 1.2.3.4 of it",
        "lodash@4.17.21 and icon@2x.png",
        "at 12:30:45 on 2024-03-12T10:00:00Z",
        "550e8400-e29b-41d4-a716-446655440000",
        "d41d8cd98f00b204e9800998ecf8427e",
        "std::vector<int> and dead::beef",
        "git@github.com:candor/candor.git",
        "Claude Sonnet and Gemini Pro",
        "pi = 3.14159265358979",
        "max_tokens: 4096",
        "password: required",
        "token: str",
        "HttpServletRequestWrapperFactory",
        "Http2StreamFrameToHttpObjectCodec",
        "to is Paris",
        "born in 1985",
        "in May we ship 12 things",
        "127.0.0.1:8080",
        "$1,234,567.89",
        "call_abc123DEF456ghi789JKL012",
        "Dear Customer",
        "Best regards",
        "ISBN 978-3-16-148410-0"
      })
  void find_harmless_isNothing(String text) {
    assertThat(found(text)).isEmpty();
  }

  @Test
  void scrub_equalValues_staysEqualAcrossScrubbers() {
    String text = "anna@firma.de wrote to Anna Schmidt; 4111 1111 1111 1111";
    Scrubber other = new Scrubber(ScrubRules.builtIn(), KEY);
    other.scrub("warm-up bob@firma.de");
    assertThat(other.scrub(text)).isEqualTo(scrubber.scrub(text)).isNotEqualTo(text);
    Scrubber otherKey = new Scrubber(ScrubRules.builtIn(), "another key 1234".getBytes(UTF_8));
    assertThat(otherKey.scrub(text)).isNotEqualTo(scrubber.scrub(text));
  }

  @Test
  void scrub_cardInTwoWritings_hasTheSameDigits() {
    assertThat(scrubber.scrub("4111-1111-1111-1111").replace('-', ' '))
        .isEqualTo(scrubber.scrub("4111 1111 1111 1111"));
  }

  @Test
  void scrubField_fieldNamesWhatItHolds_isScrubbed() {
    assertThat(scrubber.scrub("hunter2")).isEqualTo("hunter2");
    assertThat(scrubber.scrubField("password", "hunter2")).isNotEqualTo("hunter2");
    assertThat(scrubber.scrubField("ssn", "078051120")).isNotEqualTo("078051120");
  }

  @Test
  void scrub_longBase64OfAnAddress_isReplacedAsAWhole() {
    String harmless = "nothing of interest stands in this line, nor in the next one. ".repeat(3);
    String encoded = base64(harmless + "contact anna@firma.de");
    assertThat(scrubber.scrub("data " + encoded)).doesNotContain(encoded.substring(0, 12));
    assertThat(scrubber.scrub("data " + base64(harmless))).isEqualTo("data " + base64(harmless));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void construct_shortKey_isRefused() {
    assertThatThrownBy(() -> new Scrubber(ScrubRules.builtIn(), new byte[15]))
        .isInstanceOf(CandorException.class)
        .hasMessage("the key: has 15 bytes, must have at least 16");
  }
}
