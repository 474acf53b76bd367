package dev.candor.protocol.openai;

import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.protocol.body.FrameContent;
import dev.candor.protocol.body.FrameScanner;
import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonKey;
import dev.candor.protocol.json.JsonSyntaxException;

/** Scans an event of a streamed OpenAI response. <b>For one thread.</b> */
public final class ResponseEventScanner implements FrameScanner {
  private static final Expected EXPECTED = new Expected("an event of a response", "type");
  private static final JsonKey TYPE = JsonKey.of("type");
  private static final JsonKey DELTA = JsonKey.of("delta");
  private static final JsonKey RESPONSE = JsonKey.of("response");
  private static final JsonKey ERROR = JsonKey.of("error");
  private static final JsonKey OUTPUT_TEXT = JsonKey.of("response.output_text.delta");
  private static final JsonKey REFUSAL = JsonKey.of("response.refusal.delta");
  private static final JsonKey REASONING = JsonKey.of("response.reasoning_text.delta");
  private static final JsonKey SUMMARY = JsonKey.of("response.reasoning_summary_text.delta");
  private static final JsonKey ARGUMENTS = JsonKey.of("response.function_call_arguments.delta");
  private static final JsonKey CUSTOM_INPUT = JsonKey.of("response.custom_tool_call_input.delta");
  private static final JsonKey MCP_ARGUMENTS = JsonKey.of("response.mcp_call_arguments.delta");
  private static final JsonKey CODE = JsonKey.of("response.code_interpreter_call_code.delta");
  private static final JsonKey CREATED = JsonKey.of("response.created");
  private static final JsonKey QUEUED = JsonKey.of("response.queued");
  private static final JsonKey IN_PROGRESS = JsonKey.of("response.in_progress");
  private static final JsonKey COMPLETED = JsonKey.of("response.completed");
  private static final JsonKey INCOMPLETE = JsonKey.of("response.incomplete");
  private static final JsonKey FAILED = JsonKey.of("response.failed");

  /** What kind of event the type says; the fields may come before it. */
  private enum Kind {
    OTHER,
    ANSWER,
    REASONING,
    TOOL_CALL,
    PART,
    END,
    FAILURE,
    ERROR
  }

  @Override
  public Expected expected() {
    return EXPECTED;
  }

  @Override
  public void scan(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    Kind kind = Kind.OTHER;
    int from = 0;
    int to = 0;
    for (boolean more = json.rootKey(); more; more = json.nextKey()) {
      if (json.keyIs(TYPE)) {
        kind = json.string() ? kind(json) : Kind.OTHER;
      } else if (json.keyIs(DELTA)) {
        boolean found = json.string();
        from = found ? json.start() : 0;
        to = found ? json.stop() : 0;
      } else if (json.keyIs(RESPONSE)) {
        response(json, content);
      } else if (json.keyIs(ERROR)) {
        content.error(json);
      } else if (!content.flatError(json)) {
        json.skip();
      }
    }
    take(kind, json.bytes(), from, to, content);
  }

  /** The response so far; what it says is repeated by the events. */
  private static void response(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (!ResponseFields.read(json, content)) {
        json.skip();
      }
    }
  }

  private static void take(Kind kind, byte[] bytes, int from, int to, FrameContent content) {
    switch (kind) {
      case ANSWER -> text(TextKind.ANSWER, bytes, from, to, content);
      case REASONING -> text(TextKind.REASONING, bytes, from, to, content);
      case TOOL_CALL -> text(TextKind.TOOL_CALL, bytes, from, to, content);
      case PART -> content.markPart();
      case END -> content.markEnd();
      case FAILURE -> {
        content.markError();
        content.markEnd();
      }
      case ERROR -> content.markError();
      case OTHER -> {}
    }
  }

  private static void text(TextKind kind, byte[] bytes, int from, int to, FrameContent content) {
    content.markPart();
    content.text(kind, bytes, from, to);
  }

  private static Kind kind(JsonCursor json) {
    if (json.valueIs(OUTPUT_TEXT) || json.valueIs(REFUSAL)) {
      return Kind.ANSWER;
    }
    if (json.valueIs(REASONING) || json.valueIs(SUMMARY)) {
      return Kind.REASONING;
    }
    if (json.valueIs(ARGUMENTS)
        || json.valueIs(CUSTOM_INPUT)
        || json.valueIs(MCP_ARGUMENTS)
        || json.valueIs(CODE)) {
      return Kind.TOOL_CALL;
    }
    if (json.valueIs(COMPLETED) || json.valueIs(INCOMPLETE)) {
      return Kind.END;
    }
    if (json.valueIs(FAILED)) {
      return Kind.FAILURE;
    }
    if (json.valueIs(ERROR)) {
      return Kind.ERROR;
    }
    boolean lifeCycle = json.valueIs(CREATED) || json.valueIs(QUEUED) || json.valueIs(IN_PROGRESS);
    return lifeCycle || !json.valueStarts(RESPONSE) ? Kind.OTHER : Kind.PART;
  }
}
