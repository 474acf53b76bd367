package dev.candor.protocol.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.protocol.ResponseReader;
import dev.candor.protocol.anthropic.MessageEventScanner;
import dev.candor.protocol.anthropic.MessageScanner;
import dev.candor.protocol.generic.GenericFields;
import dev.candor.protocol.generic.GenericScanner;
import dev.candor.protocol.ollama.OllamaScanner;
import dev.candor.protocol.openai.CompletionScanner;
import dev.candor.protocol.openai.EmbeddingsScanner;
import dev.candor.protocol.openai.ResponseEventScanner;
import dev.candor.protocol.openai.ResponseScanner;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams and whole answers in the shapes that servers send. */
final class DialectStreamsTest {
  private final EventStreamReader messages =
      new EventStreamReader(new MessageEventScanner(), EndMark.NONE);
  private final EventStreamReader responses =
      new EventStreamReader(new ResponseEventScanner(), EndMark.NONE);
  private final LineStreamReader ollama = new LineStreamReader(new OllamaScanner(), EndMark.NONE);

  /** Heard whole and cut at every byte. */
  private static List<String> heard(ResponseReader reader, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    List<String> calls = HeardResponse.of(reader, bytes);
    for (int cut = 1; cut < bytes.length; cut++) {
      assertThat(HeardResponse.of(reader, bytes, cut)).as("cut at %d", cut).isEqualTo(calls);
    }
    return calls;
  }

  private static String events(String... data) {
    StringBuilder stream = new StringBuilder();
    for (String each : data) {
      stream.append("event: e\ndata: ").append(each).append("\n\n");
    }
    return stream.toString();
  }

  @Test
  void textEvents_ofWhiteSpaceAlone_areTokensToo() {
    String body = "data: if\n\ndata:   \n\ndata:\n\ndata: x\n\n";
    assertThat(HeardResponse.of(EventStreamReader.ofText(EndMark.BODY), body))
        .containsExactly("text ANSWER if", "text ANSWER   ", "text ANSWER x", "done");
  }

  @Test
  void messages_thinkingTextAndTool() {
    assertThat(
            heard(
                messages,
                events(
                    """
                    {"type":"message_start","message":{"id":"m","role":"assistant","content":[],"usage":{"input_tokens":5,"cache_creation_input_tokens":2,"cache_read_input_tokens":3,"output_tokens":1}}}""",
                    """
                    {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
                    "{\"type\":\"ping\"}",
                    """
                    {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}""",
                    """
                    {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"abc"}}""",
                    "{\"type\":\"content_block_stop\",\"index\":0}",
                    """
                    {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hi"}}""",
                    """
                    {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":" \\"you\\""}}""",
                    """
                    {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}}""",
                    """
                    {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\":1}"}}""",
                    """
                    {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":12}}""",
                    "{\"type\":\"message_stop\"}")))
        .containsExactly(
            "silent answer",
            "usage 10 3 -1 -1",
            "cache write 2",
            "silent answer",
            "silent other",
            "text REASONING hm",
            "silent answer",
            "silent answer",
            "text ANSWER Hi",
            "text ANSWER  \"you\"",
            "silent answer",
            "text TOOL_CALL {\"a\":1}",
            "silent answer",
            "usage 10 3 12 -1",
            "cache write 2",
            "finish tool_use",
            "done");
  }

  @Test
  void messages_error_andTheNextResponseKnowsNothingOfIt() {
    String error =
        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}";
    assertThat(heard(messages, "event: error\ndata: " + error + "\n\n"))
        .containsExactly("error overloaded_error Overloaded");
    assertThat(heard(messages, error)).containsExactly("error overloaded_error Overloaded");
    assertThat(
            heard(
                messages,
                events(
                    "{\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"output_tokens\":3}}")))
        .containsExactly("silent answer", "usage -1 -1 3 -1");
  }

  @Test
  void messages_whole() {
    assertThat(
            heard(
                new WholeReader(new MessageScanner()),
                """
                {"type":"message","content":[{"type":"thinking","thinking":"hm","signature":"s"},
                 {"type":"text","text":"Hi"},{"type":"tool_use","name":"f","input":{"a":1}}],
                 "stop_reason":"end_turn","usage":{"input_tokens":4,"output_tokens":7}}"""))
        .containsExactly(
            "text ANSWER hmHif{\"a\":1}", "usage 4 -1 7 -1", "finish end_turn", "done");
  }

  @Test
  void responses_reasoningTextToolAndUsage() {
    assertThat(
            heard(
                responses,
                events(
                    """
                    {"type":"response.created","response":{"status":"in_progress","error":null,"usage":null},"sequence_number":0}""",
                    """
                    {"type":"response.output_item.added","output_index":0,"item":{"type":"reasoning"},"sequence_number":1}""",
                    """
                    {"type":"response.reasoning_summary_text.delta","delta":"so","sequence_number":2}""",
                    """
                    {"delta":"a","type":"response.output_text.delta","item_id":"i","logprobs":[],"sequence_number":3}""",
                    """
                    {"delta":"b","type":"response.output_text.delta","item_id":"i","logprobs":[],"sequence_number":10}""",
                    """
                    {"delta":"","type":"response.output_text.delta","item_id":"i","logprobs":[],"sequence_number":11}""",
                    """
                    {"type":"response.function_call_arguments.delta","delta":"{}","sequence_number":12}""",
                    """
                    {"type":"response.output_text.done","text":"ab","sequence_number":13}""",
                    """
                    {"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[{"content":[{"text":"ab"}]}],"usage":{"input_tokens":9,"input_tokens_details":{"cached_tokens":4},"output_tokens":6,"output_tokens_details":{"reasoning_tokens":2}}}}""")))
        .containsExactly(
            "silent other",
            "silent answer",
            "text REASONING so",
            "text ANSWER a",
            "text ANSWER b",
            "silent answer",
            "text TOOL_CALL {}",
            "silent answer",
            "usage 9 4 6 2",
            "finish max_output_tokens",
            "done");
  }

  @Test
  void responses_failures() {
    assertThat(
            heard(
                responses,
                events(
                    "{\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"m\"}}}")))
        .containsExactly("error server_error m");
    assertThat(
            heard(
                responses,
                events("{\"type\":\"error\",\"code\":\"c\",\"message\":\"m\",\"param\":null}")))
        .containsExactly("error c m");
  }

  @Test
  void responses_whole() {
    assertThat(
            heard(
                new WholeReader(new ResponseScanner()),
                """
                {"status":"completed","error":null,"output":[
                  {"type":"reasoning","summary":[{"type":"summary_text","text":"so "}]},
                  {"type":"message","content":[{"text":"it is","type":"output_text"},{"type":"refusal","refusal":" not"}]},
                  {"type":"function_call","name":"f","arguments":"{}"}],
                 "usage":{"input_tokens":1,"output_tokens":2}}"""))
        .containsExactly(
            "text ANSWER so it is notf{}", "usage 1 -1 2 -1", "finish completed", "done");
  }

  @Test
  void completions_streamedAndWhole() {
    EventStreamReader stream = new EventStreamReader(new CompletionScanner(), EndMark.DONE);
    assertThat(
            heard(
                stream,
                events(
                    "{\"choices\":[{\"index\":0,\"text\":\"a\",\"finish_reason\":null}]}",
                    "{\"choices\":[{\"index\":0,\"text\":\"\",\"finish_reason\":\"length\"}]}",
                    "[DONE]")))
        .containsExactly("text ANSWER a", "silent answer", "finish length", "done");
    assertThat(
            heard(
                new WholeReader(new CompletionScanner()),
                "{\"choices\":[{\"text\":\"ab\"}],\"usage\":{\"completion_tokens\":2}}"))
        .containsExactly("text ANSWER ab", "usage -1 -1 2 -1", "done");
  }

  @Test
  void embeddings_haveUsageAndNoText() {
    WholeReader reader = new WholeReader(new EmbeddingsScanner());
    assertThat(
            heard(
                reader,
                "{\"object\":\"list\",\"data\":[{\"embedding\":[0.1,-2e-3]}],\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}"))
        .containsExactly("usage 8 -1 0 -1", "done");
    assertThat(heard(reader, "{\"object\":\"list\"}"))
        .containsExactly(
            "malformed JSON (\"{\"object\":\"list\"}\") instead of embeddings: no data in it");
  }

  @Test
  void ollama_chatAndGenerate() {
    assertThat(
            heard(
                ollama,
                """
                {"model":"m","created_at":"2026-01-01T00:00:00.1Z","message":{"role":"assistant","content":"","thinking":"hm"},"done":false}
                {"model":"m","created_at":"2026-01-01T00:00:00.23Z","message":{"role":"assistant","content":"a"},"done":false}
                {"model":"m","created_at":"2026-01-01T00:00:00.345Z","message":{"role":"assistant","content":"b"},"done":false}

                {"model":"m","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"x":"y"}}}]},"done":false}
                {"model":"m","message":{"role":"assistant","content":""},"done":false}
                {"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":5,"eval_count":4}
                """))
        .containsExactly(
            "text REASONING hm",
            "text ANSWER a",
            "text ANSWER b",
            "text TOOL_CALL f{\"x\":\"y\"}",
            "silent answer",
            "usage 5 -1 4 -1",
            "finish stop",
            "done");
    assertThat(
            heard(ollama, "{\"response\":\"a\",\"done\":false}\n{\"response\":\"\",\"done\":true}"))
        .containsExactly("text ANSWER a", "done");
  }

  @Test
  void ollama_errorsAndOtherBodies() {
    assertThat(heard(ollama, "{\"error\":\"no model\"}\n")).containsExactly("error null no model");
    assertThat(heard(ollama, "<html>\n"))
        .singleElement()
        .asString()
        .startsWith("malformed ")
        .endsWith("of a line: HTML (\"<html>\")");
    assertThat(heard(ollama, "{\"response\":\"a\",\"done\":false}\n{\"resp"))
        .last()
        .asString()
        .startsWith("malformed ");
    LineStreamReader narrow = new LineStreamReader(new OllamaScanner(), EndMark.NONE, 50);
    assertThat(heard(narrow, "x".repeat(60)))
        .containsExactly("oversized a line of over 50 bytes without an end");
  }

  private static GenericScanner generic(String text, String end, String value) {
    return new GenericScanner(
        new GenericFields(text, "/r", "/u/in", null, "/u/out", "/e", end, value));
  }

  @Test
  void generic_linesUntilAField() {
    assertThat(
            heard(
                new LineStreamReader(generic("/c/1/t", "/state", "over"), EndMark.NONE),
                """
                {"c":[{"t":"no"},{"t":"a"}]}
                {"r":"hm","u":{"in":3}}
                {"c":[{},{"t":""}],"state":"going"}
                {"u":{"out":4},"state":"over"}
                {"c":[{},{"t":"never read"}]}
                """))
        .containsExactly(
            "text ANSWER a",
            "text REASONING hm",
            "usage 3 -1 -1 -1",
            "silent answer",
            "usage 3 -1 4 -1",
            "done");
  }

  @Test
  void generic_eventsUntilAnEventOrTheBodysEnd() {
    String stream = "data: {\"t\":\"a\"}\n\nevent: bye\ndata: {}\n\n";
    assertThat(
            heard(
                new EventStreamReader(generic("/t", "/x", "y"), new EndMark(null, "bye", false)),
                stream))
        .containsExactly("text ANSWER a", "done");
    assertThat(heard(new EventStreamReader(generic("/t", "/x", "y"), EndMark.BODY), stream))
        .containsExactly("text ANSWER a", "silent other", "done");
    assertThat(
            heard(
                new EventStreamReader(generic("/t", "/x", "y"), EndMark.BODY),
                "data: {\"e\":null,\"t\":\"a\"}\n\ndata: {\"e\":{\"code\":5,\"message\":\"m\"}}\n\n"))
        .startsWith("text ANSWER a", "error 5 m");
  }

  @Test
  void generic_plainText() {
    assertThat(
            heard(
                EventStreamReader.ofText(new EndMark("[END]", null, false)),
                "data: C:\\new\n\ndata: \n\ndata: b\ndata: c\n\ndata: [END]\n\n"))
        .containsExactly("text ANSWER C:\\new", "text ANSWER b\nc", "done");
    assertThat(heard(LineStreamReader.ofText(EndMark.BODY), "a\r\n\nb"))
        .containsExactly("text ANSWER a", "text ANSWER b", "done");
    ChunkReader chunks = new ChunkReader();
    assertThat(HeardResponse.of(chunks, "ab\\n".getBytes(UTF_8), 1))
        .containsExactly("text ANSWER a", "text ANSWER b\\n", "done");
  }

  @Test
  void generic_whole() {
    WholeReader reader = new WholeReader(generic("/t", "/x", "y"));
    assertThat(heard(reader, "{\"t\":\"a\",\"u\":{\"in\":1,\"out\":2}}"))
        .containsExactly("text ANSWER a", "usage 1 -1 2 -1", "done");
    assertThat(heard(reader, "{\"s\":\"a\"}"))
        .containsExactly(
            "malformed JSON (\"{\"s\":\"a\"}\") instead of an answer: no text at '/t' in it");
  }
}
