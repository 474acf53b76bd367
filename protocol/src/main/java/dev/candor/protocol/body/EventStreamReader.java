package dev.candor.protocol.body;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.candor.protocol.ResponseListener;
import dev.candor.protocol.ResponseReader;
import dev.candor.protocol.sse.SseDecoder;
import dev.candor.protocol.sse.SseListener;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer that comes as server-sent events. <b>For one thread; reusable through {@link
 * #reset}.</b> An {@code event: error} is an error frame; reading goes on after one, since servers
 * send their end behind it. A stream that ends without its end is one for which {@code onDone} was
 * never called.
 */
public final class EventStreamReader implements ResponseReader {
  private static final byte[] ERROR_EVENT = "error".getBytes(US_ASCII);
  private static final int OTHER_BODY_LIMIT = 64 << 10;

  private final SseDecoder decoder;
  private final Frames frames;
  private final Events events = new Events();
  private final BodyBuffer otherBody = new BodyBuffer(OTHER_BODY_LIMIT);
  private final byte @Nullable [] endData;
  private final byte @Nullable [] endEvent;
  private final boolean endsWithBody;

  /** Whether an event of blanks alone says something: a token of white space, where all is text. */
  private final boolean blanksCount;

  private Body body = Body.UNKNOWN;
  private boolean stopped;

  /** Of events whose data is JSON. */
  public EventStreamReader(FrameScanner scanner, EndMark end) {
    this(scanner, end, SseDecoder.DEFAULT_LINE_LIMIT);
  }

  /**
   * @param lineLimit the longest line, in bytes, that is read
   */
  public EventStreamReader(FrameScanner scanner, EndMark end, int lineLimit) {
    this(new JsonFrames(scanner, "an event"), false, end, lineLimit);
  }

  private EventStreamReader(Frames frames, boolean blanksCount, EndMark end, int lineLimit) {
    this.frames = frames;
    this.blanksCount = blanksCount;
    decoder = new SseDecoder(lineLimit);
    endData = end.frame() == null ? null : end.frame().getBytes(UTF_8);
    endEvent = end.event() == null ? null : end.event().getBytes(UTF_8);
    endsWithBody = end.body();
  }

  /** Of events whose data is text, all of it. */
  public static EventStreamReader ofText(EndMark end) {
    return new EventStreamReader(new TextFrames(), true, end, SseDecoder.DEFAULT_LINE_LIMIT);
  }

  @Override
  public void reset() {
    decoder.reset();
    frames.reset();
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
    } else if (!stopped && endsWithBody) {
      listener.onDone();
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
    if (found[0] != '{' || !frames.tellRefusal(found, 0, length, listener)) {
      listener.onMalformed(BodyExcerpt.describe(found, 0, length) + " instead of an event stream");
    }
  }

  private boolean readEvent(
      byte[] name, int nameLength, byte[] data, int offset, int length, ResponseListener listener) {
    if (is(endEvent, name, 0, nameLength)) {
      listener.onDone();
      return false;
    }
    int start = BodyExcerpt.firstVisible(data, offset, offset + length);
    int rest = offset + length - start;
    if (length == 0 || (rest == 0 && !blanksCount)) {
      return true; // A keep-alive in the shape of an event.
    }
    if (is(endData, data, start, visibleEnd(data, start, start + rest))) {
      listener.onDone();
      return false;
    }
    boolean isError = is(ERROR_EVENT, name, 0, nameLength);
    return frames.tell(data, offset, length, isError, listener);
  }

  private static int visibleEnd(byte[] data, int from, int to) {
    int end = to;
    while (end > from && data[end - 1] <= ' ' && data[end - 1] >= 0) {
      end--;
    }
    return end;
  }

  private static boolean is(byte @Nullable [] expected, byte[] bytes, int from, int to) {
    return expected != null && Arrays.equals(bytes, from, to, expected, 0, expected.length);
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
      return readEvent(name, nameLength, data, offset, length, Objects.requireNonNull(listener));
    }

    @Override
    public int readKnown(byte[] bytes, int from, int to) {
      return frames.tellKnown(bytes, from, to, Objects.requireNonNull(listener));
    }

    @Override
    public void onWhole(byte[] bytes, int from, int to) {
      frames.learn(bytes, from, to);
    }

    @Override
    public void onOversized(String what) {
      Objects.requireNonNull(listener).onOversized(what);
    }
  }
}
