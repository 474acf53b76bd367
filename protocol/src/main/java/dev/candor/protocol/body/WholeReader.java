package dev.candor.protocol.body;

import dev.candor.protocol.ResponseListener;
import dev.candor.protocol.ResponseReader;
import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonSyntaxException;

/**
 * Reads an answer that comes as one JSON text; tells all of it at the end of the body. <b>For one
 * thread; reusable through {@link #reset}.</b>
 */
public final class WholeReader implements ResponseReader {
  /** The longest body, in bytes. */
  public static final int DEFAULT_BODY_LIMIT = 64 << 20;

  private final FrameScanner scanner;
  private final JsonCursor json = new JsonCursor();
  private final FrameContent content = new FrameContent();
  private final BodyBuffer body;
  private final int bodyLimit;
  private boolean stopped;

  public WholeReader(FrameScanner scanner) {
    this(scanner, DEFAULT_BODY_LIMIT);
  }

  /**
   * @param bodyLimit in bytes; a longer body is not read
   */
  public WholeReader(FrameScanner scanner, int bodyLimit) {
    this.scanner = scanner;
    this.bodyLimit = bodyLimit;
    body = new BodyBuffer(bodyLimit);
  }

  @Override
  public void reset() {
    scanner.reset();
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
    FrameScanner.Expected expected = scanner.expected();
    String problem = "no " + expected.mark() + " in it";
    try {
      content.clear(false);
      json.open(body.bytes(), 0, body.length());
      scanner.scan(json, content);
      json.close();
      if (content.hasError()) {
        content.tell(listener);
        return;
      }
      if (content.isAnswer()) {
        content.tell(listener);
        listener.onDone();
        return;
      }
    } catch (JsonSyntaxException e) {
      problem = String.valueOf(e.getMessage());
    }
    String found = BodyExcerpt.describe(body.bytes(), 0, body.length());
    listener.onMalformed(found + " instead of " + expected.answer() + ": " + problem);
  }
}
