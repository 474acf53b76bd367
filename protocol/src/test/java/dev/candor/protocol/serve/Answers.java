package dev.candor.protocol.serve;

import java.util.List;

/** Answers that the tests of several writers write. */
final class Answers {
  static final TokenUsage USAGE = new TokenUsage(10, 4, 8, 2);

  private Answers() {}

  /** A writer to a streamed request whose answer calls {@code f}. */
  static AnswerWriter writer(Dialect dialect) {
    return writer(dialect, true);
  }

  static AnswerWriter writer(Dialect dialect, boolean includeUsage) {
    ToolDefinition tool = new ToolDefinition("f", "{}");
    return dialect.writer(
        new AnswerIdentity("9", "m", 1_700_000_000),
        new GenerationRequest("m", List.of(), 0, true, includeUsage, false, false, tool, false, 0));
  }

  /** The stream of an answer with pieces of each kind, two of the text. */
  static List<StreamEvent> ofAllKinds(AnswerWriter writer) {
    StringBuilder out = new StringBuilder();
    writer.open(USAGE, out);
    writer.piece(PieceKind.REASONING, "hm", out);
    writer.piece(PieceKind.TEXT, "a", out);
    writer.piece(PieceKind.TEXT, "b", out);
    writer.piece(PieceKind.TOOL_ARGUMENTS, "{}", out);
    writer.close(Finish.TOOL_CALLS, USAGE, out);
    return StreamEvent.of(out);
  }
}
