package dev.candor.protocol.ollama;

import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.protocol.body.FrameContent;
import dev.candor.protocol.body.FrameScanner;
import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonKey;
import dev.candor.protocol.json.JsonSyntaxException;

/**
 * Scans an object of Ollama's chat or generate: a line of a stream or a whole answer, which look
 * alike. <b>For one thread.</b>
 */
public final class OllamaScanner implements FrameScanner {
  private static final Expected EXPECTED = new Expected("an Ollama answer", "message or response");
  private static final JsonKey MESSAGE = JsonKey.of("message");
  private static final JsonKey CONTENT = JsonKey.of("content");
  private static final JsonKey RESPONSE = JsonKey.of("response");
  private static final JsonKey THINKING = JsonKey.of("thinking");
  private static final JsonKey TOOL_CALLS = JsonKey.of("tool_calls");
  private static final JsonKey FUNCTION = JsonKey.of("function");
  private static final JsonKey NAME = JsonKey.of("name");
  private static final JsonKey ARGUMENTS = JsonKey.of("arguments");
  private static final JsonKey DONE = JsonKey.of("done");
  private static final JsonKey DONE_REASON = JsonKey.of("done_reason");
  private static final JsonKey PROMPT_COUNT = JsonKey.of("prompt_eval_count");
  private static final JsonKey COUNT = JsonKey.of("eval_count");
  private static final JsonKey ERROR = JsonKey.of("error");

  @Override
  public Expected expected() {
    return EXPECTED;
  }

  @Override
  public void scan(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    int prompt = -1;
    int completion = -1;
    for (boolean more = json.rootKey(); more; more = json.nextKey()) {
      if (json.keyIs(MESSAGE)) {
        part(json.peek() == '{', content);
        message(json, content);
      } else if (json.keyIs(RESPONSE)) {
        part(json.peek() == '"', content);
        content.text(TextKind.ANSWER, json);
      } else if (json.keyIs(THINKING)) {
        content.text(TextKind.REASONING, json);
      } else if (json.keyIs(DONE)) {
        if (json.isTrue()) {
          content.markEnd();
        }
      } else if (json.keyIs(DONE_REASON)) {
        content.finish(json);
      } else if (json.keyIs(PROMPT_COUNT)) {
        prompt = json.count();
      } else if (json.keyIs(COUNT)) {
        completion = json.count();
      } else if (json.keyIs(ERROR)) {
        content.error(json);
      } else {
        json.skip();
      }
    }
    content.usage(prompt, -1, completion, -1);
  }

  private static void part(boolean found, FrameContent content) {
    if (found) {
      content.markAnswer();
      content.markPart();
    }
  }

  private static void message(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(CONTENT)) {
        content.text(TextKind.ANSWER, json);
      } else if (json.keyIs(THINKING)) {
        content.text(TextKind.REASONING, json);
      } else if (json.keyIs(TOOL_CALLS)) {
        for (boolean next = json.firstElement(); next; next = json.nextElement()) {
          toolCall(json, content);
        }
      } else {
        json.skip();
      }
    }
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
      if (json.keyIs(NAME)) {
        content.text(TextKind.TOOL_CALL, json);
      } else if (json.keyIs(ARGUMENTS)) {
        if (json.composite()) {
          content.text(TextKind.TOOL_CALL, json.bytes(), json.start(), json.stop());
        }
      } else {
        json.skip();
      }
    }
  }
}
