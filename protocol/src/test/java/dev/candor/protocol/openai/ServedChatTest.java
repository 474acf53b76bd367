package dev.candor.protocol.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.protocol.body.EndMark;
import dev.candor.protocol.body.EventStreamReader;
import dev.candor.protocol.body.HeardResponse;
import dev.candor.protocol.body.WholeReader;
import dev.candor.protocol.serve.AnswerIdentity;
import dev.candor.protocol.serve.AnswerWriter;
import dev.candor.protocol.serve.Dialect;
import dev.candor.protocol.serve.Finish;
import dev.candor.protocol.serve.GenerationRequest;
import dev.candor.protocol.serve.Piece;
import dev.candor.protocol.serve.PieceKind;
import dev.candor.protocol.serve.ServiceError;
import dev.candor.protocol.serve.TokenUsage;
import dev.candor.protocol.serve.ToolDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the chat writer wrote is what the chat readers hear. */
final class ServedChatTest {
  private static final String HOSTILE = "say \"é😀\"\n\u2028\u0000\\";
  private static final TokenUsage USAGE = new TokenUsage(10, 4, 8, 2);

  private static AnswerWriter writer() {
    ToolDefinition tool = new ToolDefinition("f", "{}");
    return Dialect.CHAT.writer(
        new AnswerIdentity("1", "m", 0),
        new GenerationRequest("m", List.of(), 0, true, true, false, false, tool, false, 0));
  }

  @Test
  void stream_isHeardAsItWasWritten() {
    AnswerWriter writer = writer();
    StringBuilder out = new StringBuilder();
    writer.open(USAGE, out);
    writer.ping(out);
    writer.piece(PieceKind.REASONING, "hm", out);
    writer.piece(PieceKind.TEXT, HOSTILE, out);
    writer.piece(PieceKind.TOOL_ARGUMENTS, "{\"a\":", out);
    writer.piece(PieceKind.TOOL_ARGUMENTS, "1}", out);
    writer.close(Finish.TOOL_CALLS, USAGE, out);
    assertThat(
            HeardResponse.of(
                new EventStreamReader(ChatScanner.ofChunks(), EndMark.DONE), out.toString()))
        .containsExactly(
            "silent answer",
            "text REASONING hm",
            "text ANSWER " + HOSTILE,
            "text TOOL_CALL f",
            "text TOOL_CALL {\"a\":",
            "text TOOL_CALL 1}",
            "silent answer",
            "finish tool_calls",
            "silent other",
            "usage 10 4 8 2",
            "done");
  }

  @Test
  void errorFrame_isHeardAsAnError() {
    AnswerWriter writer = writer();
    StringBuilder out = new StringBuilder();
    writer.open(USAGE, out);
    writer.errorFrame(ServiceError.of(500, HOSTILE), out);
    assertThat(
            HeardResponse.of(
                new EventStreamReader(ChatScanner.ofChunks(), EndMark.DONE), out.toString()))
        .contains("error server_error " + HOSTILE);
  }

  @Test
  void whole_isHeardAsItWasWritten() {
    String body = writer().whole(List.of(new Piece(PieceKind.TEXT, HOSTILE)), Finish.LENGTH, USAGE);
    assertThat(HeardResponse.of(new WholeReader(ChatScanner.ofAnswers()), body))
        .containsExactly("text ANSWER " + HOSTILE, "usage 10 4 8 2", "finish length", "done");
  }
}
