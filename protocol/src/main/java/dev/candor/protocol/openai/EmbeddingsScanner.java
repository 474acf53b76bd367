package dev.candor.protocol.openai;

import dev.candor.protocol.body.FrameContent;
import dev.candor.protocol.body.FrameScanner;
import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonKey;
import dev.candor.protocol.json.JsonSyntaxException;

/** Scans an answer with embeddings, which has no token. <b>For one thread.</b> */
public final class EmbeddingsScanner implements FrameScanner {
  private static final Expected EXPECTED = new Expected("embeddings", "data");
  private static final JsonKey DATA = JsonKey.of("data");
  private static final JsonKey USAGE = JsonKey.of("usage");
  private static final JsonKey PROMPT_TOKENS = JsonKey.of("prompt_tokens");
  private static final JsonKey ERROR = JsonKey.of("error");
  private static final JsonKey OBJECT = JsonKey.of("object");

  @Override
  public Expected expected() {
    return EXPECTED;
  }

  @Override
  public void scan(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    for (boolean more = json.rootKey(); more; more = json.nextKey()) {
      if (json.keyIs(DATA)) {
        if (json.peek() == '[') {
          content.markAnswer();
        }
        json.skip();
      } else if (json.keyIs(USAGE)) {
        usage(json, content);
      } else if (json.keyIs(ERROR)) {
        content.error(json);
      } else if (json.keyIs(OBJECT)) {
        content.errorIf(ERROR, json);
      } else if (!content.flatError(json)) {
        json.skip();
      }
    }
  }

  private static void usage(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    int prompt = -1;
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(PROMPT_TOKENS)) {
        prompt = json.count();
      } else {
        json.skip();
      }
    }
    // That there are no output tokens is known, not counted.
    content.usage(prompt, -1, 0, -1);
  }
}
