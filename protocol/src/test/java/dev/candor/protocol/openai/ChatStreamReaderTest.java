package dev.candor.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.protocol.body.EndMark;
import dev.candor.protocol.body.EventStreamReader;
import dev.candor.protocol.body.HeardResponse;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChatStreamReaderTest {
  private static final String RICH =
      "\uFEFF: hello\r\n\r\n"
          + "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\r\n\r\n"
          + ":\n\n\n"
          + "event: message\rdata:{\"choices\":[{\"delta\":{\"reasoning\":\"hm\"}}]}\r\r"
          + "data: {\"choices\":[{\"delta\":{\"content\":\"gr\u00fc\u00df \ud83d\ude80\u4e16\"}}]}\n\n"
          + "data: {\"choices\":[\ndata: {\"delta\":{\"content\":\"\\ud83d\\ude80 b\\\"\"}}]}\n\n"
          + "id: 7\nretry: 10\ndata:\n\n"
          + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":2}}}\n\n"
          + "data: [DONE]\r\n\r\n";
  private static final List<String> RICH_CALLS =
      List.of(
          "silent answer",
          "text REASONING hm",
          "text ANSWER gr\u00fc\u00df \ud83d\ude80\u4e16",
          "text ANSWER \ud83d\ude80 b\"",
          "silent other",
          "usage 9 2 4 -1",
          "done");

  private final EventStreamReader reader =
      new EventStreamReader(ChatScanner.ofChunks(), EndMark.DONE);

  @Test
  void read_everySplitPoint_tellsTheSame() {
    byte[] body = RICH.getBytes(UTF_8);
    assertThat(HeardResponse.of(reader, body)).isEqualTo(RICH_CALLS);
    for (int cut = 0; cut <= body.length; cut++) {
      assertThat(HeardResponse.of(reader, body, cut)).as("cut at %d", cut).isEqualTo(RICH_CALLS);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void read_manySplits_tellsTheSame(long seed) {
    byte[] body = RICH.getBytes(UTF_8);
    RandomGenerator random = new Seed(seed).stream();
    for (int round = 0; round < 200; round++) {
      int[] cuts = random.ints(random.nextInt(1, 60), 0, body.length + 1).sorted().toArray();
      assertThat(HeardResponse.of(reader, body, cuts))
          .as("seed %d round %d", seed, round)
          .isEqualTo(RICH_CALLS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"\"}}]}",
        "{\"choices\":[{\"delta\":{\"content\":null,\"tool_calls\":null}}]}",
        "{\"choices\":[{\"delta\":{}}]}"
      })
  void read_choiceWithoutText_isSilentPartOfTheAnswer(String data) {
    assertThat(HeardResponse.of(reader, "data: " + data + "\n\n")).containsExactly("silent answer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"choices\":[],\"usage\":null,\"error\":null}", "{\"type\":\"ping\"}", "{}"})
  void read_noChoice_isASignal(String data) {
    assertThat(HeardResponse.of(reader, "data: " + data + "\n\n")).containsExactly("silent other");
  }

  @Test
  void read_noData_tellsNothing() {
    assertThat(HeardResponse.of(reader, "data: \n\n")).isEmpty();
  }

  @Test
  void read_blankCharacters_areText() {
    assertThat(delta("\"content\":\" \"")).containsExactly("text ANSWER  ");
    assertThat(delta("\"content\":\"\\n\"")).containsExactly("text ANSWER \n");
  }

  @Test
  void read_reasoningUnderBothNames_countsOnce() {
    assertThat(delta("\"reasoning_content\":\"so\",\"reasoning\":\"so\""))
        .containsExactly("text REASONING so");
    assertThat(delta("\"reasoning_content\":\"\",\"reasoning\":\"so\""))
        .containsExactly("text REASONING so");
  }

  @Test
  void read_reasoningAndAnswerInOneEvent_isAnswerWithBothPieces() {
    assertThat(delta("\"reasoning\":\"so\",\"content\":\" it is\""))
        .containsExactly("text ANSWER so it is");
  }

  @Test
  void read_toolCalls_joinsNamesAndArguments() {
    assertThat(
            delta(
                "\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"x\",\"function\":"
                    + "{\"name\":\"f\",\"arguments\":\"{\\\"a\\\"\"}},"
                    + "{\"function\":{\"arguments\":\":1}\"}}]"))
        .containsExactly("text TOOL_CALL f{\"a\":1}");
  }

  @Test
  void read_refusal_isAnswer() {
    assertThat(delta("\"refusal\":\"no\"")).containsExactly("text ANSWER no");
  }

  @Test
  void read_usageAndFinishWithText_tellsAll() {
    String chunk =
        "{\"usage\":{\"completion_tokens\":5,\"prompt_tokens\":3,\"completion_tokens_details\":"
            + "{\"reasoning_tokens\":1}},\"choices\":[{\"finish_reason\":\"length\",\"delta\":"
            + "{\"content\":\"x\"}},{\"delta\":{\"content\":\"y\"}}]}";
    assertThat(HeardResponse.of(reader, "data:" + chunk + "\n\n"))
        .containsExactly("text ANSWER xy", "usage 3 -1 5 1", "finish length");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"error\":{\"code\":\"over\",\"message\":\"full\"}}|error over full",
        "{\"error\":{\"code\":503,\"message\":\"full\",\"type\":\"t\"}}|error 503 full",
        "{\"error\":{\"code\":null,\"message\":\"full\",\"type\":\"t\"}}|error t full",
        "{\"error\":{\"code\":null,\"message\":\"full\",\"type\":null}}|error null full",
        "{\"error\":\"full\"}|error null full",
        "{\"object\":\"error\",\"message\":\"full\",\"code\":400}|error 400 full",
        "{\"error\":{}}|error null (no message)"
      })
  void read_errorFrame_tellsCodeAndMessage(String data, String call) {
    assertThat(HeardResponse.of(reader, "data: " + data + "\n\ndata: [DONE]\n\n"))
        .containsExactly(call, "done");
  }

  @Test
  void read_errorEvent_tellsFlatFieldsOrText() {
    assertThat(HeardResponse.of(reader, "event: error\ndata: {\"code\":7,\"message\":\"m\"}\n\n"))
        .containsExactly("error 7 m");
    assertThat(HeardResponse.of(reader, "event: error\ndata: boom\n\n"))
        .containsExactly("error null boom");
  }

  @Test
  void end_otherBody_saysWhatWasFound() {
    assertThat(HeardResponse.of(reader, "\n<html>Not here</html>"))
        .containsExactly("malformed HTML (\"<html>Not here</html>\") instead of an event stream");
    assertThat(HeardResponse.of(reader, "{\"id\":1}"))
        .containsExactly("malformed JSON (\"{\"id\":1}\") instead of an event stream");
    assertThat(HeardResponse.of(reader, "{\"error\":{\"code\":401,\"message\":\"key\"}}"))
        .containsExactly("error 401 key");
    assertThat(HeardResponse.of(reader, "<" + "x".repeat(1 << 20)))
        .singleElement()
        .asString()
        .startsWith("malformed HTML");
  }

  @Test
  void read_endlessLine_isOversized() {
    byte[] body = ("data: " + "x".repeat(200)).getBytes(UTF_8);
    EventStreamReader narrow = new EventStreamReader(ChatScanner.ofChunks(), EndMark.DONE, 100);
    for (int cut = 0; cut < body.length; cut++) {
      assertThat(HeardResponse.of(narrow, body, cut))
          .containsExactly("oversized a line of over 100 bytes without an end");
    }
  }

  @Test
  void read_invalidUtf8_isMalformed() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("data: {\"choices\":[{\"delta\":{\"content\":\"".getBytes(UTF_8));
    body.write(0xC3);
    body.writeBytes("\"}}]}\n\n".getBytes(UTF_8));
    assertThat(HeardResponse.of(reader, body.toByteArray()))
        .singleElement()
        .asString()
        .startsWith("malformed invalid UTF-8 at byte 33 of an event");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"choices\":[}", "{\"a\":1,}", "{} {}", "12", "hello", "{\"a\":01}"})
  void read_invalidJson_isMalformed(String data) {
    assertThat(HeardResponse.of(reader, "data: " + data + "\n\ndata: [DONE]\n\n"))
        .singleElement()
        .asString()
        .startsWith("malformed ");
  }

  @Test
  void end_withoutDone_neverTellsDone() {
    assertThat(
            HeardResponse.of(reader, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\nda"))
        .containsExactly("text ANSWER a");
  }

  private List<String> delta(String fields) {
    return HeardResponse.of(reader, "data: {\"choices\":[{\"delta\":{" + fields + "}}]}\n\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"prompt_tokens":9,"prompt_cache_hit_tokens":4}                                             | usage 9 4 -1 -1
          {"prompt_cache_hit_tokens":4,"prompt_tokens":9,"prompt_tokens_details":{"cached_tokens":2}} | usage 9 2 -1 -1
          {"prompt_tokens_details":{"cached_tokens":2},"prompt_tokens":9,"prompt_cache_hit_tokens":4} | usage 9 2 -1 -1
          {"prompt_tokens_details":null,"prompt_tokens":9,"prompt_cache_hit_tokens":4}                | usage 9 4 -1 -1
          """)
  void read_cacheHitTokens_standInForTheDetails(String usage, String told) {
    assertThat(HeardResponse.of(reader, "data: {\"choices\":[],\"usage\":" + usage + "}\n\n"))
        .containsExactly("silent other", told);
  }
}
