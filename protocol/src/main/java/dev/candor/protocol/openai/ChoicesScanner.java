package dev.candor.protocol.openai;

import dev.candor.protocol.body.FrameContent;
import dev.candor.protocol.body.FrameScanner;
import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonKey;
import dev.candor.protocol.json.JsonSyntaxException;

/** Scans an object with {@code choices}, a chunk or a whole answer. */
abstract class ChoicesScanner implements FrameScanner {
  private static final JsonKey CHOICES = JsonKey.of("choices");
  private static final JsonKey ERROR = JsonKey.of("error");
  private static final JsonKey OBJECT = JsonKey.of("object");
  private static final JsonKey USAGE = JsonKey.of("usage");
  private static final JsonKey FINISH_REASON = JsonKey.of("finish_reason");

  private final Expected expected;

  ChoicesScanner(String answer) {
    expected = new Expected(answer, "choices");
  }

  @Override
  public final Expected expected() {
    return expected;
  }

  @Override
  public final void scan(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    for (boolean more = json.rootKey(); more; more = json.nextKey()) {
      if (json.keyIs(CHOICES)) {
        choices(json, content);
      } else if (json.keyIs(USAGE)) {
        UsageFields.TOKENS.read(json, content);
      } else if (json.keyIs(ERROR)) {
        content.error(json);
      } else if (json.keyIs(OBJECT)) {
        content.errorIf(ERROR, json);
      } else if (!content.flatError(json)) {
        json.skip();
      }
    }
  }

  private void choices(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    if (json.peek() == '[') {
      content.markAnswer();
    }
    for (boolean more = json.firstElement(); more; more = json.nextElement()) {
      content.markPart();
      for (boolean next = json.firstKey(); next; next = json.nextKey()) {
        if (json.keyIs(FINISH_REASON)) {
          content.finish(json);
        } else if (!text(json, content)) {
          json.skip();
        }
      }
    }
  }

  /** Reads the value of a choice's current key if that is where the text is. */
  abstract boolean text(JsonCursor json, FrameContent content) throws JsonSyntaxException;
}
