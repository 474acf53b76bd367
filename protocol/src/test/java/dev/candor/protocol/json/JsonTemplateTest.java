package dev.candor.protocol.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTemplateTest {
  private static final JsonKey TEXT = JsonKey.of("t");
  private static final String LEARNED =
      "data: {\"id\":\"abc\",\"t\":\"x\",\"n\":17,\"z\":null}\n\n";

  private final JsonTemplate template = new JsonTemplate();

  /** Reads {@code frame}'s object, skips all but the text, and learns it. */
  private void learn(String frame) throws JsonSyntaxException {
    byte[] bytes = ("##" + frame).getBytes(UTF_8);
    JsonCursor json = new JsonCursor();
    int start = frame.indexOf('{') + 2;
    json.open(bytes, start, bytes.length - start);
    int from = 0;
    int to = 0;
    for (boolean more = json.rootKey(); more; more = json.nextKey()) {
      if (json.keyIs(TEXT)) {
        assertThat(json.string()).isTrue();
        from = json.start();
        to = json.stop();
      } else {
        json.skip();
      }
    }
    template.learn(bytes, 2, bytes.length, json, from, to);
  }

  /** The text of the frame that is found in front of three more bytes; null if none is. */
  private @Nullable String matched(String frame) {
    byte[] bytes = ("#" + frame + "###").getBytes(ISO_8859_1);
    int end = template.match(bytes, 1, bytes.length);
    if (end < 0) {
      return null;
    }
    assertThat(end).isEqualTo(bytes.length - 3);
    int start = template.textStart();
    return new String(bytes, start, template.textStop() - start, ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "abc|x|17",
        "abc|a longer text than it was|17",
        "|x|17",
        "another and longer|y|1",
        "ab|y|-1.5e3",
        "\\n|\\\"\\u00e9|0"
      })
  void match_otherScalars_found(@Nullable String id, String text, String number) throws Exception {
    learn(LEARNED);
    String own = id == null ? "" : id;
    assertThat(
            matched(
                "data: {\"id\":\"%s\",\"t\":\"%s\",\"n\":%s,\"z\":null}\n\n"
                    .formatted(own, text, number)))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"id\":\"abc\",\"t\":\"\",\"n\":17,\"z\":null}\n\n",
        "data: {\"id\":\"abc\",\"t\":\"\\x\",\"n\":17,\"z\":null}\n\n",
        "data: {\"id\":\"abc\",\"t\":\"x\ny\",\"n\":17,\"z\":null}\n\n",
        "data: {\"id\":\"a\u00ff\",\"t\":\"x\",\"n\":17,\"z\":null}\n\n",
        "data: {\"id\":\"abc\",\"t\":\"\u00ff\",\"n\":17,\"z\":null}\n\n",
        "data: {\"id\":\"abc\",\"t\":\"x\",\"n\":017,\"z\":null}\n\n",
        "data: {\"id\":\"abc\",\"t\":\"x\",\"n\":true,\"z\":null}\n\n",
        "data: {\"id\":\"abc\",\"t\":\"x\",\"n\":17,\"z\":true}\n\n",
        "data: {\"id\":7,\"t\":\"x\",\"n\":17,\"z\":null}\n\n",
        "data: {\"ID\":\"abc\",\"t\":\"x\",\"n\":17,\"z\":null}\n\n",
        "data: {\"id\":\"abc\",\"t\":\"x\",\"n\":17,\"z\":null}\n",
        "data: {\"id\":\"abc\",\"t\":\"x\",\"n\":1",
        "data: {\"id\":\"abc\",\"t\":\"x",
        "data: {\"id\":\"abc\",\"t\":",
        ""
      })
  void match_anythingElse_notFound(String frame) throws Exception {
    learn(LEARNED);
    assertThat(matched(frame)).isNull();
    assertThat(matched(LEARNED)).isEqualTo("x");
  }

  @Test
  void match_beforeLearningOrAfterForgetting_notFound() throws Exception {
    assertThat(matched(LEARNED)).isNull();
    learn(LEARNED);
    template.forget();
    assertThat(matched(LEARNED)).isNull();
  }

  @Test
  void match_cutAnywhere_notFound() throws Exception {
    learn(LEARNED);
    byte[] bytes = LEARNED.getBytes(UTF_8);
    for (int end = 0; end < bytes.length; end++) {
      assertThat(template.match(bytes, 0, end)).as("cut at %d", end).isNegative();
    }
    assertThat(template.match(bytes, 0, bytes.length)).isEqualTo(bytes.length);
  }
}
