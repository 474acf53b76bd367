package dev.candor.protocol.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.candor.protocol.ResponseListener;
import dev.candor.protocol.ResponseReader;
import dev.candor.protocol.sse.SseDecoder;
import dev.candor.protocol.sse.SseListener;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a streamed chat completion. <b>For one thread; reusable through {@link #reset}.</b> A chunk
 * with an {@code error} object, and an {@code event: error}, are error frames; reading goes on
 * after them, since servers send {@code [DONE]} behind them. A stream that ends without {@code
 * [DONE]} is one for which {@code onDone} was never called.
 */
public final class ChatStreamReader implements ResponseReader {
  private static final byte[] DONE = "[DONE]".getBytes(US_ASCII);
  private static final byte[] ERROR_EVENT = "error".getBytes(US_ASCII);
  private static final int OTHER_BODY_LIMIT = 64 << 10;

  private final SseDecoder decoder;
  private final ChatScanner scanner = new ChatScanner("delta");
  private final Events events = new Events();
  private final BodyBuffer otherBody = new BodyBuffer(OTHER_BODY_LIMIT);
  private Body body = Body.UNKNOWN;
  private boolean stopped;

  public ChatStreamReader() {
    this(SseDecoder.DEFAULT_LINE_LIMIT);
  }

  /**
   * @param lineLimit the longest line, in bytes, before the stream is malformed
   */
  public ChatStreamReader(int lineLimit) {
    decoder = new SseDecoder(lineLimit);
  }

  @Override
  public void reset() {
    decoder.reset();
    otherBody.clear();
    body = Body.UNKNOWN;
    stopped = false;
  }

  @Override
  public boolean read(byte[] bytes, int offset, int length, ResponseListener listener) {
    if (stopped) {
      return false;
    }
    int start = offset;
    int end = offset + length;
    if (body == Body.UNKNOWN) {
      start = BodyExcerpt.firstVisible(bytes, offset, end);
      if (start == end) {
        return true;
      }
      body = kindOf(bytes[start]);
    }
    stopped =
        switch (body) {
          case EVENTS -> !readEvents(bytes, start, end, listener);
          case OTHER -> !readOther(bytes, start, end, listener);
          case UNKNOWN -> false;
        };
    return !stopped;
  }

  @Override
  public void end(ResponseListener listener) {
    if (!stopped && body == Body.OTHER) {
      judgeOther(listener);
    }
    stopped = true;
  }

  private static Body kindOf(byte first) {
    return switch (first) {
      case '<', '{', '[' -> Body.OTHER;
      default -> Body.EVENTS;
    };
  }

  private boolean readEvents(byte[] bytes, int start, int end, ResponseListener listener) {
    events.listener = listener;
    try {
      return decoder.read(bytes, start, end - start, events);
    } finally {
      events.listener = null;
    }
  }

  private boolean readOther(byte[] bytes, int start, int end, ResponseListener listener) {
    if (otherBody.add(bytes, start, end - start)) {
      return true;
    }
    judgeOther(listener);
    return false;
  }

  /** A refusal may come as plain JSON under a 200; all else is not the dialect. */
  private void judgeOther(ResponseListener listener) {
    byte[] found = otherBody.bytes();
    int length = otherBody.length();
    try {
      if (found[0] == '{') {
        scanner.scan(found, 0, length, false);
        if (scanner.hasError()) {
          scanner.tell(listener);
          return;
        }
      }
    } catch (JsonSyntaxException e) {
      // The description below shows what there is.
    }
    listener.onMalformed(BodyExcerpt.describe(found, 0, length) + " instead of an event stream");
  }

  private boolean readEvent(
      boolean isError, byte[] data, int offset, int length, ResponseListener listener) {
    int start = BodyExcerpt.firstVisible(data, offset, offset + length);
    int rest = offset + length - start;
    if (rest == 0) {
      return true; // A keep-alive in the shape of an event.
    }
    if (rest >= DONE.length
        && Arrays.equals(data, start, start + DONE.length, DONE, 0, DONE.length)) {
      listener.onDone();
      return false;
    }
    try {
      scanner.scan(data, offset, length, isError);
    } catch (JsonSyntaxException e) {
      if (isError) {
        listener.onErrorFrame(null, BodyExcerpt.beginning(data, start, rest, 200));
        return true;
      }
      listener.onMalformed(
          e.getMessage() + " of an event: " + BodyExcerpt.describe(data, offset, length));
      return false;
    }
    if (!scanner.hasText() && !scanner.hasError()) {
      listener.onSilentEvent(scanner.hasChoice());
    }
    scanner.tell(listener);
    return true;
  }

  private enum Body {
    UNKNOWN,
    EVENTS,
    OTHER
  }

  /** Bridges the two listeners without an object a read. */
  private final class Events implements SseListener {
    private @Nullable ResponseListener listener;

    @Override
    public boolean onEvent(byte[] name, int nameLength, byte[] data, int offset, int length) {
      boolean isError = Arrays.equals(name, 0, nameLength, ERROR_EVENT, 0, ERROR_EVENT.length);
      return readEvent(isError, data, offset, length, Objects.requireNonNull(listener));
    }

    @Override
    public void onOversized(String what) {
      Objects.requireNonNull(listener).onOversized(what);
    }
  }
}
