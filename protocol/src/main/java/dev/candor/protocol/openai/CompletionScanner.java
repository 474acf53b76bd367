package dev.candor.protocol.openai;

import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.protocol.body.FrameContent;
import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonKey;
import dev.candor.protocol.json.JsonSyntaxException;

/** Scans one of OpenAI's older completions, a chunk or a whole answer. <b>For one thread.</b> */
public final class CompletionScanner extends ChoicesScanner {
  private static final JsonKey TEXT = JsonKey.of("text");

  public CompletionScanner() {
    super("a completion");
  }

  @Override
  boolean text(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    if (!json.keyIs(TEXT)) {
      return false;
    }
    content.text(TextKind.ANSWER, json);
    return true;
  }
}
