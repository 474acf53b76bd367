package dev.candor.protocol.body;

import dev.candor.protocol.ResponseListener;
import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonSyntaxException;
import dev.candor.protocol.json.JsonTemplate;
import org.jspecify.annotations.Nullable;

/** Frames that are JSON texts. <b>For one thread.</b> */
final class JsonFrames implements Frames {
  private static final int ERROR_CHARACTERS = 200;

  private final FrameScanner scanner;
  private final String frameName;
  private final JsonCursor json = new JsonCursor();
  private final FrameContent content = new FrameContent();
  private final JsonTemplate template = new JsonTemplate();
  private TextKind templateKind = TextKind.ANSWER;
  private boolean scanned;

  /**
   * @param frameName for messages: {@code an event}
   */
  JsonFrames(FrameScanner scanner, String frameName) {
    this.scanner = scanner;
    this.frameName = frameName;
  }

  @Override
  public void reset() {
    scanner.reset();
    scanned = false;
  }

  @Override
  public boolean tellRefusal(byte[] bytes, int offset, int length, ResponseListener listener) {
    try {
      scan(bytes, offset, length, false);
    } catch (JsonSyntaxException e) {
      return false;
    }
    if (content.hasError()) {
      content.tell(listener);
    }
    return content.hasError();
  }

  private void scan(byte[] bytes, int offset, int length, boolean declaredError)
      throws JsonSyntaxException {
    scanned = false;
    content.clear(declaredError);
    json.open(bytes, offset, length);
    scanner.scan(json, content);
    json.close();
    scanner.accept();
    scanned = true;
  }

  @Override
  public boolean tell(
      byte[] bytes, int offset, int length, boolean declaredError, ResponseListener listener) {
    try {
      scan(bytes, offset, length, declaredError);
    } catch (JsonSyntaxException e) {
      return refuse(bytes, offset, length, declaredError, e, listener);
    }
    if (!content.hasText() && !content.hasError() && !content.isEnd()) {
      listener.onSilentEvent(content.isPart());
    }
    content.tell(listener);
    if (content.isEnd() && !content.hasError()) {
      listener.onDone();
    }
    return !content.isEnd();
  }

  private boolean refuse(
      byte[] bytes,
      int offset,
      int length,
      boolean declaredError,
      JsonSyntaxException why,
      ResponseListener listener) {
    if (declaredError) {
      int start = BodyExcerpt.firstVisible(bytes, offset, offset + length);
      int rest = offset + length - start;
      listener.onErrorFrame(null, BodyExcerpt.beginning(bytes, start, rest, ERROR_CHARACTERS));
      return true;
    }
    listener.onMalformed(
        why.getMessage() + " of " + frameName + ": " + BodyExcerpt.describe(bytes, offset, length));
    return false;
  }

  @Override
  public void learn(byte[] bytes, int from, int to) {
    @Nullable TextKind kind = scanned ? content.onlyText(bytes) : null;
    if (kind != null && content.textStart() >= from && content.textStop() <= to) {
      templateKind = kind;
      template.learn(bytes, from, to, json, content.textStart(), content.textStop());
    }
  }

  @Override
  public int tellKnown(byte[] bytes, int from, int to, ResponseListener listener) {
    int at = from;
    int next = template.match(bytes, at, to);
    while (next >= 0) {
      int start = template.textStart();
      listener.onText(templateKind, bytes, start, template.textStop() - start);
      at = next;
      next = template.match(bytes, at, to);
    }
    return at;
  }
}
