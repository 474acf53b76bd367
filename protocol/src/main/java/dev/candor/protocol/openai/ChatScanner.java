package dev.candor.protocol.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.candor.protocol.ResponseListener;
import dev.candor.protocol.ResponseListener.TextKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Scans one chat completion object, a chunk or a whole answer, in a single pass over its bytes and
 * then tells a listener. Nothing is told of an object that proves invalid. <b>For one thread.</b>
 */
final class ChatScanner {
  private static final byte[] CHOICES = "choices".getBytes(US_ASCII);
  private static final byte[] ERROR = "error".getBytes(US_ASCII);
  private static final byte[] OBJECT = "object".getBytes(US_ASCII);
  private static final byte[] USAGE = "usage".getBytes(US_ASCII);
  private static final byte[] FINISH_REASON = "finish_reason".getBytes(US_ASCII);
  private static final byte[] CONTENT = "content".getBytes(US_ASCII);
  private static final byte[] REFUSAL = "refusal".getBytes(US_ASCII);
  private static final byte[] REASONING = "reasoning".getBytes(US_ASCII);
  private static final byte[] REASONING_CONTENT = "reasoning_content".getBytes(US_ASCII);
  private static final byte[] TOOL_CALLS = "tool_calls".getBytes(US_ASCII);
  private static final byte[] FUNCTION = "function".getBytes(US_ASCII);
  private static final byte[] NAME = "name".getBytes(US_ASCII);
  private static final byte[] ARGUMENTS = "arguments".getBytes(US_ASCII);

  private final byte[] messageKey;
  private final JsonCursor json = new JsonCursor();
  private final TextPieces text = new TextPieces();
  private final UsageFields usage = new UsageFields();
  private final ErrorFields error = new ErrorFields();
  private final ErrorFields flatError = new ErrorFields();
  private @Nullable TextKind kind;
  private @Nullable String finishReason;
  private boolean hasChoices;
  private boolean hasChoice;
  private boolean isError;

  /**
   * @param messageKey the key of the text in a choice: {@code delta} or {@code message}
   */
  ChatScanner(String messageKey) {
    this.messageKey = messageKey.getBytes(US_ASCII);
  }

  /**
   * Scans an object.
   *
   * @param declaredError it came as an {@code event: error}
   * @throws JsonSyntaxException if the bytes are not one JSON object in UTF-8
   */
  void scan(byte[] bytes, int offset, int length, boolean declaredError)
      throws JsonSyntaxException {
    text.clear();
    usage.clear();
    error.clear();
    flatError.clear();
    kind = null;
    finishReason = null;
    hasChoices = false;
    hasChoice = false;
    isError = declaredError;
    json.open(bytes, offset, length);
    boolean isObject = json.peek() == '{';
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      field();
    }
    json.close();
    if (!isObject) {
      throw new JsonSyntaxException("JSON that is not an object");
    }
  }

  /** Whether the last object had choices, the mark of an answer. */
  boolean hasChoices() {
    return hasChoices;
  }

  /** Whether the last object carried generated text. */
  boolean hasText() {
    return kind != null;
  }

  /** Whether the last object had a choice, with or without text. */
  boolean hasChoice() {
    return hasChoice;
  }

  /** Whether the last object is or has an error. */
  boolean hasError() {
    return isError || error.present();
  }

  /** Tells what the last object said: text, usage, finish reason, error. */
  void tell(ResponseListener listener) {
    if (kind != null) {
      listener.onText(kind, text.bytes(), text.offset(), text.length());
    }
    usage.tell(listener);
    if (finishReason != null) {
      listener.onFinish(finishReason);
    }
    if (hasError()) {
      ErrorFields source = error.present() ? error : flatError;
      String message = source.message();
      listener.onErrorFrame(source.code(), message != null ? message : "(no message)");
    }
  }

  private void field() throws JsonSyntaxException {
    if (json.keyIs(CHOICES)) {
      hasChoices |= json.peek() == '[';
      for (boolean more = json.firstElement(); more; more = json.nextElement()) {
        choice();
      }
    } else if (json.keyIs(USAGE)) {
      usage.read(json);
    } else if (json.keyIs(ERROR)) {
      error.read(json);
    } else if (json.keyIs(OBJECT)) {
      isError |= json.string() && range(ERROR);
    } else if (!flatError.readField(json)) {
      json.skip();
    }
  }

  private void choice() throws JsonSyntaxException {
    hasChoice = true;
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(messageKey)) {
        message();
      } else if (json.keyIs(FINISH_REASON)) {
        if (json.string() && !json.isEmpty()) {
          finishReason = json.text();
        }
      } else {
        json.skip();
      }
    }
  }

  private void message() throws JsonSyntaxException {
    boolean reasoned = false;
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(CONTENT) || json.keyIs(REFUSAL)) {
        piece(TextKind.ANSWER);
      } else if (json.keyIs(REASONING_CONTENT) || json.keyIs(REASONING)) {
        // Servers that renamed the field send the same text under both names.
        if (reasoned) {
          json.skip();
        } else {
          reasoned = piece(TextKind.REASONING);
        }
      } else if (json.keyIs(TOOL_CALLS)) {
        for (boolean next = json.firstElement(); next; next = json.nextElement()) {
          toolCall();
        }
      } else {
        json.skip();
      }
    }
  }

  private void toolCall() throws JsonSyntaxException {
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(FUNCTION)) {
        function();
      } else {
        json.skip();
      }
    }
  }

  private void function() throws JsonSyntaxException {
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(NAME) || json.keyIs(ARGUMENTS)) {
        piece(TextKind.TOOL_CALL);
      } else {
        json.skip();
      }
    }
  }

  private boolean piece(TextKind pieceKind) throws JsonSyntaxException {
    if (!json.string() || json.isEmpty()) {
      return false;
    }
    text.add(json.bytes(), json.start(), json.stop());
    if (kind == null || rank(pieceKind) > rank(kind)) {
      kind = pieceKind;
    }
    return true;
  }

  /** An event with several kinds of text is an answer first, a tool call next. */
  private static int rank(TextKind kind) {
    return switch (kind) {
      case ANSWER -> 2;
      case TOOL_CALL -> 1;
      case REASONING -> 0;
    };
  }

  private boolean range(byte[] value) {
    return Arrays.equals(json.bytes(), json.start(), json.stop(), value, 0, value.length);
  }
}
