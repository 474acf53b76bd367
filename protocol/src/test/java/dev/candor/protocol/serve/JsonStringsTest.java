package dev.candor.protocol.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class JsonStringsTest {

  @Test
  void quoted_everyCharacter_isReadBackFromUtf8() {
    StringBuilder every = new StringBuilder();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      every.append((char) c);
    }
    every.appendCodePoint(0x1F600).append("end");
    byte[] utf8 = JsonStrings.quoted(every.toString()).getBytes(UTF_8);
    assertThat(JsonMapper.shared().readTree(utf8).stringValue()).isEqualTo(every.toString());
  }

  @Test
  void quoted_lineEndsOfAnyKind_areEscaped() {
    assertThat(JsonStrings.quoted("a\r\n\u0085\u2028\u2029\tb"))
        .isEqualTo("\"a\\r\\n\\u0085\\u2028\\u2029\\tb\"");
  }

  @Test
  void quoted_surrogates_stayInPairs() {
    assertThat(JsonStrings.quoted("\uD83D\uDE00")).isEqualTo("\"\uD83D\uDE00\"");
    assertThat(JsonStrings.quoted("\uD83D")).isEqualTo("\"\\ud83d\"");
    assertThat(JsonStrings.quoted("\uDE00\uD83D")).isEqualTo("\"\\ude00\\ud83d\"");
  }
}
