package dev.candor.protocol.anthropic;

import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.protocol.body.FrameContent;
import dev.candor.protocol.body.FrameScanner;
import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonKey;
import dev.candor.protocol.json.JsonSyntaxException;

/** Scans a message that comes whole. <b>For one thread.</b> */
public final class MessageScanner implements FrameScanner {
  private static final Expected EXPECTED = new Expected("a message", "content");
  private static final JsonKey CONTENT = JsonKey.of("content");
  private static final JsonKey TYPE = JsonKey.of("type");
  private static final JsonKey TEXT = JsonKey.of("text");
  private static final JsonKey THINKING = JsonKey.of("thinking");
  private static final JsonKey NAME = JsonKey.of("name");
  private static final JsonKey INPUT = JsonKey.of("input");
  private static final JsonKey STOP_REASON = JsonKey.of("stop_reason");
  private static final JsonKey USAGE = JsonKey.of("usage");
  private static final JsonKey ERROR = JsonKey.of("error");

  private final MessageUsage usage = new MessageUsage();

  @Override
  public Expected expected() {
    return EXPECTED;
  }

  @Override
  public void scan(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    usage.clear();
    for (boolean more = json.rootKey(); more; more = json.nextKey()) {
      if (json.keyIs(CONTENT)) {
        if (json.peek() == '[') {
          content.markAnswer();
        }
        for (boolean next = json.firstElement(); next; next = json.nextElement()) {
          block(json, content);
        }
      } else if (json.keyIs(STOP_REASON)) {
        content.finish(json);
      } else if (json.keyIs(USAGE)) {
        usage.read(json, false);
        usage.tell(content);
      } else if (json.keyIs(TYPE)) {
        content.errorIf(ERROR, json);
      } else if (json.keyIs(ERROR)) {
        content.error(json);
      } else {
        json.skip();
      }
    }
  }

  private static void block(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(TEXT)) {
        content.text(TextKind.ANSWER, json);
      } else if (json.keyIs(THINKING)) {
        content.text(TextKind.REASONING, json);
      } else if (json.keyIs(NAME)) {
        content.text(TextKind.TOOL_CALL, json);
      } else if (json.keyIs(INPUT)) {
        if (json.composite()) {
          content.text(TextKind.TOOL_CALL, json.bytes(), json.start(), json.stop());
        }
      } else {
        json.skip();
      }
    }
  }
}
