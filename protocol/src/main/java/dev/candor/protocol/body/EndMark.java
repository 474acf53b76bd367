package dev.candor.protocol.body;

import org.jspecify.annotations.Nullable;

/**
 * What marks the end of a stream, other than what its frames say.
 *
 * @param frame a frame (an event's data, a line) that is exactly this; null: none is
 * @param event an event of this name, whatever its data; null: none is
 * @param body whether the end of the body is an end in good order
 */
public record EndMark(@Nullable String frame, @Nullable String event, boolean body) {
  /** The frames say it. */
  public static final EndMark NONE = new EndMark(null, null, false);

  /** As OpenAI's older dialects have it. */
  public static final EndMark DONE = new EndMark("[DONE]", null, false);

  /** The end of the body. */
  public static final EndMark BODY = new EndMark(null, null, true);
}
