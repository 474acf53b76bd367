package dev.candor.protocol.openai;

import dev.candor.protocol.ResponseListener;
import dev.candor.protocol.ResponseReader;

/**
 * Reads a chat completion that comes as one JSON object; tells all of it at the end of the body.
 * <b>For one thread; reusable through {@link #reset}.</b>
 */
public final class ChatAnswerReader implements ResponseReader {
  /** The longest body, in bytes. */
  public static final int DEFAULT_BODY_LIMIT = 64 << 20;

  private final ChatScanner scanner = new ChatScanner("message");
  private final BodyBuffer body;
  private final int bodyLimit;
  private boolean stopped;

  public ChatAnswerReader() {
    this(DEFAULT_BODY_LIMIT);
  }

  /**
   * @param bodyLimit in bytes; a longer body is not read
   */
  public ChatAnswerReader(int bodyLimit) {
    this.bodyLimit = bodyLimit;
    body = new BodyBuffer(bodyLimit);
  }

  @Override
  public void reset() {
    body.clear();
    stopped = false;
  }

  @Override
  public boolean read(byte[] bytes, int offset, int length, ResponseListener listener) {
    if (stopped) {
      return false;
    }
    if (!body.add(bytes, offset, length)) {
      stopped = true;
      listener.onOversized("an answer of over " + bodyLimit + " bytes");
      return false;
    }
    return true;
  }

  @Override
  public void end(ResponseListener listener) {
    if (stopped) {
      return;
    }
    stopped = true;
    try {
      scanner.scan(body.bytes(), 0, body.length(), false);
    } catch (JsonSyntaxException e) {
      String found = BodyExcerpt.describe(body.bytes(), 0, body.length());
      listener.onMalformed(found + " instead of a chat completion: " + e.getMessage());
      return;
    }
    if (scanner.hasChoices() || scanner.hasError()) {
      scanner.tell(listener);
      if (!scanner.hasError()) {
        listener.onDone();
      }
    } else {
      String found = BodyExcerpt.describe(body.bytes(), 0, body.length());
      listener.onMalformed(found + " instead of a chat completion: no choices in it");
    }
  }
}
