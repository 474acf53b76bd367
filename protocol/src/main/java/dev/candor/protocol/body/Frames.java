package dev.candor.protocol.body;

import dev.candor.protocol.ResponseListener;

/** Reads the frames of a stream, one after the other, and tells of each. <b>For one thread.</b> */
interface Frames {

  /** Forgets the last response. */
  void reset();

  /**
   * Reads a frame and tells of it.
   *
   * @param declaredError whether the stream calls it an error
   * @return false after the last one
   */
  boolean tell(
      byte[] bytes, int offset, int length, boolean declaredError, ResponseListener listener);

  /** Tells of a body that came in place of a stream, if it is an error; false where it is not. */
  boolean tellRefusal(byte[] bytes, int offset, int length, ResponseListener listener);

  /** The frame told last lay in these bytes, with all that surrounds it in the stream. */
  void learn(byte[] bytes, int from, int to);

  /**
   * Tells of all frames at {@code from} that are as the last one learned, surroundings included.
   *
   * @return where they end
   */
  int tellKnown(byte[] bytes, int from, int to, ResponseListener listener);
}
