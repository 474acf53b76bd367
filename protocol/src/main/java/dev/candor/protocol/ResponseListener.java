package dev.candor.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Hears what a response says. Calls come on the reader's thread, in the order of the bytes; byte
 * ranges are valid during the call only.
 */
public interface ResponseListener {

  /**
   * One stream event carried generated text. Called once an event: with {@link TextKind#ANSWER} or
   * {@link TextKind#TOOL_CALL} where it has both reasoning and answer.
   *
   * @param text raw JSON string content (still escaped) of the text, possibly several pieces joined
   */
  void onText(TextKind kind, byte[] text, int offset, int length);

  /**
   * One stream event carried no generated text.
   *
   * @param ofAnswer whether it is a part of the answer all the same: a role, an empty delta, a
   *     finish reason; false for usage alone, a ping, an event of the life cycle
   */
  void onSilentEvent(boolean ofAnswer);

  /** The server's count; a later call replaces an earlier one. -1 where it does not say. */
  void onUsage(int promptTokens, int cachedTokens, int completionTokens, int reasoningTokens);

  /**
   * How many of the prompt's tokens the server wrote into its cache, by its count; told behind
   * {@link #onUsage}, which has them among the prompt's, where a server bills them apart.
   */
  default void onCacheWrite(int tokens) {}

  /** {@code finish_reason}. */
  void onFinish(String reason);

  /** The terminal event. */
  void onDone();

  /** An error object in place of a chunk; {@code error.code} as text, whatever its JSON type. */
  void onErrorFrame(@Nullable String code, String message);

  /** The bytes are not the dialect; {@code why} says what was found and what would be right. */
  void onMalformed(String why);

  /** A line, an event or a body is longer than is read; {@code what} says which and the limit. */
  void onOversized(String what);

  /** What kind of generated text an event carried. */
  enum TextKind {
    ANSWER,
    REASONING,
    TOOL_CALL
  }
}
