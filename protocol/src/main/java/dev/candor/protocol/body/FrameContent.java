package dev.candor.protocol.body;

import dev.candor.protocol.ResponseListener;
import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonKey;
import dev.candor.protocol.json.JsonSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What one frame says. Gathered first and told afterwards, so that nothing is told of a frame that
 * proves invalid. <b>For one thread.</b>
 */
public final class FrameContent {
  private static final int UNKNOWN = -1;

  private final TextPieces text = new TextPieces();
  private final ErrorFields error = new ErrorFields();
  private final ErrorFields flatError = new ErrorFields();
  private @Nullable TextKind kind;
  private @Nullable String finish;
  private int promptTokens;
  private int cachedTokens;
  private int completionTokens;
  private int reasoningTokens;
  private int cacheWriteTokens;
  private boolean answer;
  private boolean partOfAnswer;
  private boolean end;
  private boolean isError;

  void clear(boolean declaredError) {
    text.clear();
    error.clear();
    flatError.clear();
    kind = null;
    finish = null;
    promptTokens = UNKNOWN;
    cachedTokens = UNKNOWN;
    completionTokens = UNKNOWN;
    reasoningTokens = UNKNOWN;
    cacheWriteTokens = UNKNOWN;
    answer = false;
    partOfAnswer = false;
    end = false;
    isError = declaredError;
  }

  /**
   * Reads the next value as generated text.
   *
   * @return false where it is none, or empty
   */
  public boolean text(TextKind textKind, JsonCursor json) throws JsonSyntaxException {
    return json.string() && text(textKind, json.bytes(), json.start(), json.stop());
  }

  /** Takes the content of a JSON string as generated text; false where it is empty. */
  public boolean text(TextKind textKind, byte[] bytes, int from, int to) {
    if (from == to) {
      return false;
    }
    text.add(bytes, from, to);
    // A frame with several kinds of text is an answer first, a tool call next.
    if (kind == null || rank(textKind) > rank(kind)) {
      kind = textKind;
    }
    return true;
  }

  private static int rank(TextKind kind) {
    return switch (kind) {
      case ANSWER -> 2;
      case TOOL_CALL -> 1;
      case REASONING -> 0;
    };
  }

  /** Counts so far; -1 where the server does not say. A later call replaces an earlier one. */
  public void usage(int prompt, int cached, int completion, int reasoning) {
    promptTokens = prompt;
    cachedTokens = cached;
    completionTokens = completion;
    reasoningTokens = reasoning;
  }

  /** Of the prompt's tokens, those written into the server's cache; -1 where it does not say. */
  public void cacheWrite(int tokens) {
    cacheWriteTokens = tokens;
  }

  /** Reads the next value as the reason for the answer's end, if it is text and not empty. */
  public void finish(JsonCursor json) throws JsonSyntaxException {
    if (json.string() && !json.isEmpty()) {
      finish = json.text();
    }
  }

  public void finish(String reason) {
    finish = reason;
  }

  /** The frame has what marks a whole answer of the dialect. */
  public void markAnswer() {
    answer = true;
  }

  /** The frame belongs to the answer even if it has no text. */
  public void markPart() {
    partOfAnswer = true;
  }

  /** The frame is the last one. */
  public void markEnd() {
    end = true;
  }

  /** The frame is an error by its kind, whatever it says of it. */
  public void markError() {
    isError = true;
  }

  /** Takes an error object, or its bare message. */
  public void error(JsonCursor json) throws JsonSyntaxException {
    error.read(json);
  }

  /** Reads the next value, a string, as an error's message; an empty one is no error. */
  public void errorText(JsonCursor json) throws JsonSyntaxException {
    if (json.string() && !json.isEmpty()) {
      error.message(json.text());
    }
  }

  /** Reads the value of the current key if it is one of an error that is not in an object. */
  public boolean flatError(JsonCursor json) throws JsonSyntaxException {
    return flatError.readField(json);
  }

  /** Reads the next value as the kind of the frame: it may be {@code error}. */
  public void errorIf(JsonKey value, JsonCursor json) throws JsonSyntaxException {
    isError |= json.string() && json.valueIs(value);
  }

  boolean isAnswer() {
    return answer;
  }

  boolean isPart() {
    return partOfAnswer;
  }

  boolean isEnd() {
    return end;
  }

  boolean hasText() {
    return kind != null;
  }

  boolean hasError() {
    return isError || error.present();
  }

  /** The kind of text where that is all, in one piece out of {@code bytes}; else null. */
  @SuppressWarnings("ReferenceEquality") // The very same array: only there is the text in place.
  @Nullable TextKind onlyText(byte[] bytes) {
    boolean alone = finish == null && promptTokens < 0 && completionTokens < 0 && !end;
    return alone && !hasError() && text.bytes() == bytes ? kind : null;
  }

  int textStart() {
    return text.offset();
  }

  int textStop() {
    return text.offset() + text.length();
  }

  /** Tells text, usage, finish reason and error. */
  void tell(ResponseListener listener) {
    if (kind != null) {
      listener.onText(kind, text.bytes(), text.offset(), text.length());
    }
    if (promptTokens >= 0 || completionTokens >= 0) {
      listener.onUsage(promptTokens, cachedTokens, completionTokens, reasoningTokens);
      if (cacheWriteTokens >= 0) {
        listener.onCacheWrite(cacheWriteTokens);
      }
    }
    if (finish != null) {
      listener.onFinish(finish);
    }
    if (hasError()) {
      ErrorFields source = error.present() ? error : flatError;
      String message = source.message();
      listener.onErrorFrame(source.code(), message != null ? message : "(no message)");
    }
  }
}
