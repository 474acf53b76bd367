package dev.candor.protocol.openai;

import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.protocol.body.FrameContent;
import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonKey;
import dev.candor.protocol.json.JsonSyntaxException;

/** Scans a chat completion, a chunk or a whole answer. <b>For one thread.</b> */
public final class ChatScanner extends ChoicesScanner {
  private static final JsonKey CONTENT = JsonKey.of("content");
  private static final JsonKey REFUSAL = JsonKey.of("refusal");
  private static final JsonKey REASONING = JsonKey.of("reasoning");
  private static final JsonKey REASONING_CONTENT = JsonKey.of("reasoning_content");
  private static final JsonKey TOOL_CALLS = JsonKey.of("tool_calls");
  private static final JsonKey FUNCTION = JsonKey.of("function");
  private static final JsonKey NAME = JsonKey.of("name");
  private static final JsonKey ARGUMENTS = JsonKey.of("arguments");

  private final JsonKey messageKey;

  private ChatScanner(String messageKey) {
    super("a chat completion");
    this.messageKey = JsonKey.of(messageKey);
  }

  /** For the chunks of a stream. */
  public static ChatScanner ofChunks() {
    return new ChatScanner("delta");
  }

  /** For whole answers. */
  public static ChatScanner ofAnswers() {
    return new ChatScanner("message");
  }

  @Override
  boolean text(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    if (!json.keyIs(messageKey)) {
      return false;
    }
    boolean reasoned = false;
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(CONTENT) || json.keyIs(REFUSAL)) {
        content.text(TextKind.ANSWER, json);
      } else if (json.keyIs(REASONING_CONTENT) || json.keyIs(REASONING)) {
        // Servers that renamed the field send the same text under both names.
        if (reasoned) {
          json.skip();
        } else {
          reasoned = content.text(TextKind.REASONING, json);
        }
      } else if (json.keyIs(TOOL_CALLS)) {
        for (boolean next = json.firstElement(); next; next = json.nextElement()) {
          toolCall(json, content);
        }
      } else {
        json.skip();
      }
    }
    return true;
  }

  private static void toolCall(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(FUNCTION)) {
        function(json, content);
      } else {
        json.skip();
      }
    }
  }

  private static void function(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(NAME) || json.keyIs(ARGUMENTS)) {
        content.text(TextKind.TOOL_CALL, json);
      } else {
        json.skip();
      }
    }
  }
}
