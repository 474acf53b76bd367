package dev.candor.protocol.body;

import dev.candor.protocol.ResponseListener;
import dev.candor.protocol.ResponseReader;

/**
 * Reads an answer that is nothing but its text: every piece of the body, as it comes, is an event.
 * Its end is the body's. <b>For one thread.</b>
 */
public final class ChunkReader implements ResponseReader {
  private final PlainText text = new PlainText();

  @Override
  public void reset() {}

  @Override
  public boolean read(byte[] bytes, int offset, int length, ResponseListener listener) {
    if (length > 0) {
      text.tell(bytes, offset, length, listener);
    }
    return true;
  }

  @Override
  public void end(ResponseListener listener) {
    listener.onDone();
  }
}
