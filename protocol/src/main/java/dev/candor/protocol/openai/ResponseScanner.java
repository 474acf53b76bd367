package dev.candor.protocol.openai;

import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.protocol.body.FrameContent;
import dev.candor.protocol.body.FrameScanner;
import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonKey;
import dev.candor.protocol.json.JsonSyntaxException;

/** Scans an OpenAI response that comes whole. <b>For one thread.</b> */
public final class ResponseScanner implements FrameScanner {
  private static final Expected EXPECTED = new Expected("a response", "output");
  private static final JsonKey OUTPUT = JsonKey.of("output");
  private static final JsonKey SUMMARY = JsonKey.of("summary");
  private static final JsonKey CONTENT = JsonKey.of("content");
  private static final JsonKey NAME = JsonKey.of("name");
  private static final JsonKey ARGUMENTS = JsonKey.of("arguments");
  private static final JsonKey TYPE = JsonKey.of("type");
  private static final JsonKey TEXT = JsonKey.of("text");
  private static final JsonKey REFUSAL = JsonKey.of("refusal");
  private static final JsonKey REASONING_TEXT = JsonKey.of("reasoning_text");

  @Override
  public Expected expected() {
    return EXPECTED;
  }

  @Override
  public void scan(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    for (boolean more = json.rootKey(); more; more = json.nextKey()) {
      if (json.keyIs(OUTPUT)) {
        if (json.peek() == '[') {
          content.markAnswer();
        }
        for (boolean next = json.firstElement(); next; next = json.nextElement()) {
          item(json, content);
        }
      } else if (!ResponseFields.read(json, content)) {
        json.skip();
      }
    }
  }

  private static void item(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(SUMMARY)) {
        parts(TextKind.REASONING, json, content);
      } else if (json.keyIs(CONTENT)) {
        parts(TextKind.ANSWER, json, content);
      } else if (json.keyIs(NAME) || json.keyIs(ARGUMENTS)) {
        content.text(TextKind.TOOL_CALL, json);
      } else {
        json.skip();
      }
    }
  }

  private static void parts(TextKind kind, JsonCursor json, FrameContent content)
      throws JsonSyntaxException {
    for (boolean more = json.firstElement(); more; more = json.nextElement()) {
      part(kind, json, content);
    }
  }

  private static void part(TextKind kind, JsonCursor json, FrameContent content)
      throws JsonSyntaxException {
    TextKind own = kind;
    int from = 0;
    int to = 0;
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(TYPE)) {
        own = json.string() && json.valueIs(REASONING_TEXT) ? TextKind.REASONING : kind;
      } else if (json.keyIs(TEXT) || json.keyIs(REFUSAL)) {
        boolean found = json.string();
        from = found ? json.start() : 0;
        to = found ? json.stop() : 0;
      } else {
        json.skip();
      }
    }
    content.text(own, json.bytes(), from, to);
  }
}
