package dev.candor.protocol.body;

import dev.candor.protocol.ResponseListener;

/** Frames that are text through and through. <b>For one thread.</b> */
final class TextFrames implements Frames {
  private static final int ERROR_CHARACTERS = 200;

  private final PlainText text = new PlainText();

  @Override
  public void reset() {}

  @Override
  public boolean tell(
      byte[] bytes, int offset, int length, boolean declaredError, ResponseListener listener) {
    if (declaredError) {
      listener.onErrorFrame(null, BodyExcerpt.beginning(bytes, offset, length, ERROR_CHARACTERS));
    } else {
      text.tell(bytes, offset, length, listener);
    }
    return true;
  }

  @Override
  public boolean tellRefusal(byte[] bytes, int offset, int length, ResponseListener listener) {
    return false;
  }

  @Override
  public void learn(byte[] bytes, int from, int to) {}

  @Override
  public int tellKnown(byte[] bytes, int from, int to, ResponseListener listener) {
    return from;
  }
}
