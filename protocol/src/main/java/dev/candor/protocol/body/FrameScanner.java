package dev.candor.protocol.body;

import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonSyntaxException;

/** Reads one frame of a dialect, which is a JSON text. <b>For one thread.</b> */
public interface FrameScanner {

  /** Forgets what earlier frames of the response said. */
  default void reset() {}

  /** What a whole answer of the dialect is called, and what marks one. */
  Expected expected();

  /**
   * Walks over the frame's one value. What is to be known in later frames waits for {@link
   * #accept}: the frame may prove invalid.
   *
   * @param content takes what it says
   */
  void scan(JsonCursor json, FrameContent content) throws JsonSyntaxException;

  /** The frame scanned last is valid. */
  default void accept() {}

  /**
   * For messages about what is not the dialect.
   *
   * @param answer with its article: {@code a chat completion}
   * @param mark what must be in it: {@code choices}
   */
  record Expected(String answer, String mark) {}
}
