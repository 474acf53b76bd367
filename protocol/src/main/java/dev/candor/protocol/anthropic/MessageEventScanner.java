package dev.candor.protocol.anthropic;

import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.protocol.body.FrameContent;
import dev.candor.protocol.body.FrameScanner;
import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonKey;
import dev.candor.protocol.json.JsonSyntaxException;

/** Scans an event of a streamed message. <b>For one thread.</b> */
public final class MessageEventScanner implements FrameScanner {
  private static final Expected EXPECTED = new Expected("an event of a message", "type");
  private static final JsonKey TYPE = JsonKey.of("type");
  private static final JsonKey DELTA = JsonKey.of("delta");
  private static final JsonKey TEXT = JsonKey.of("text");
  private static final JsonKey THINKING = JsonKey.of("thinking");
  private static final JsonKey PARTIAL_JSON = JsonKey.of("partial_json");
  private static final JsonKey STOP_REASON = JsonKey.of("stop_reason");
  private static final JsonKey MESSAGE = JsonKey.of("message");
  private static final JsonKey USAGE = JsonKey.of("usage");
  private static final JsonKey ERROR = JsonKey.of("error");
  private static final JsonKey MESSAGE_STOP = JsonKey.of("message_stop");
  private static final JsonKey CONTENT_BLOCK = JsonKey.of("content_block");

  private final MessageUsage usage = new MessageUsage();

  @Override
  public void reset() {
    usage.clear();
  }

  @Override
  public Expected expected() {
    return EXPECTED;
  }

  @Override
  public void scan(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    usage.begin();
    for (boolean more = json.rootKey(); more; more = json.nextKey()) {
      if (json.keyIs(TYPE)) {
        type(json, content);
      } else if (json.keyIs(DELTA)) {
        delta(json, content);
      } else if (json.keyIs(MESSAGE)) {
        message(json, content);
      } else if (json.keyIs(USAGE)) {
        usage.read(json, false);
        usage.tell(content);
      } else if (json.keyIs(ERROR)) {
        content.error(json);
      } else {
        json.skip();
      }
    }
  }

  @Override
  public void accept() {
    usage.accept();
  }

  private static void type(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    if (!json.string()) {
      return;
    }
    if (json.valueIs(MESSAGE_STOP)) {
      content.markEnd();
    } else if (json.valueIs(ERROR)) {
      content.markError();
    } else if (json.valueStarts(MESSAGE) || json.valueStarts(CONTENT_BLOCK)) {
      content.markPart();
    }
  }

  /** Text, thinking, arguments, and at the end the reason for it; the field tells which. */
  private static void delta(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(TEXT)) {
        content.text(TextKind.ANSWER, json);
      } else if (json.keyIs(THINKING)) {
        content.text(TextKind.REASONING, json);
      } else if (json.keyIs(PARTIAL_JSON)) {
        content.text(TextKind.TOOL_CALL, json);
      } else if (json.keyIs(STOP_REASON)) {
        content.finish(json);
      } else {
        json.skip();
      }
    }
  }

  private void message(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(USAGE)) {
        usage.read(json, true);
        usage.tell(content);
      } else {
        json.skip();
      }
    }
  }
}
