package dev.candor.protocol.sse;

import dev.candor.protocol.json.Words;
import java.util.Arrays;

/**
 * Decodes server-sent events (WHATWG HTML, section 9.2.6) from bytes that may be split anywhere.
 * <b>For one thread; reusable through {@link #reset}.</b> As in the standard, an event that the
 * stream leaves without its blank line is dropped. {@code id:} and {@code retry:} are ignored.
 */
public final class SseDecoder {
  /*
   * Data is not copied while it lies in the caller's buffer: `held` points there until the blank
   * line that ends the event. Only what a read leaves unfinished moves: an open line to `line`, the
   * data of an open event to `data`. Both grow, are used again, and are let go when they got big.
   */

  /** The longest line, and the most data in one event, in bytes. */
  public static final int DEFAULT_LINE_LIMIT = 1 << 20;

  private static final int KEPT_CAPACITY = 64 << 10;
  private static final int SPLIT = -1;
  private static final byte[] DATA = {'d', 'a', 't', 'a'};
  private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};

  private final int lineLimit;
  private byte[] line = new byte[512];
  private int lineLength;
  private byte[] data = new byte[1024];
  private byte[] name = new byte[32];
  private int nameLength;
  private byte[] held = data;
  private int heldOffset;
  private int heldLength;
  private boolean hasData;
  private boolean dataIsOwn;
  private boolean firstLine = true;
  private boolean betweenEvents = true;
  private boolean skipLineFeed;
  private boolean stopped;

  public SseDecoder() {
    this(DEFAULT_LINE_LIMIT);
  }

  /**
   * @param lineLimit in bytes; no longer line, and no event with more data, is read
   */
  public SseDecoder(int lineLimit) {
    if (lineLimit < 1) {
      throw new IllegalArgumentException("lineLimit is " + lineLimit + ", must be at least 1");
    }
    this.lineLimit = lineLimit;
  }

  /** Forgets the last stream. */
  public void reset() {
    if (line.length > KEPT_CAPACITY) {
      line = new byte[512];
    }
    if (data.length > KEPT_CAPACITY) {
      data = new byte[1024];
    }
    if (name.length > KEPT_CAPACITY) {
      name = new byte[32];
    }
    lineLength = 0;
    forgetEvent();
    firstLine = true;
    betweenEvents = true;
    skipLineFeed = false;
    stopped = false;
  }

  /**
   * Reads the next bytes of the stream.
   *
   * @return false once nothing more is read: the listener said so, or a limit was passed
   */
  public boolean read(byte[] bytes, int offset, int length, SseListener listener) {
    if (stopped) {
      return false;
    }
    int end = offset + length;
    int start = offset;
    int eventStart = SPLIT;
    while (start < end) {
      if (skipLineFeed) {
        skipLineFeed = false;
        if (bytes[start] == '\n') {
          start++;
          continue;
        }
      }
      if (betweenEvents && lineLength == 0 && !firstLine) {
        start = listener.readKnown(bytes, start, (int) Math.min(end, (long) start + lineLimit));
        eventStart = start;
        if (start == end) {
          break;
        }
      }
      int stop = Words.lineEnd(bytes, start, end);
      if (stop - start > lineLimit - lineLength) {
        return oversized("a line of over " + lineLimit + " bytes without an end", listener);
      }
      if (stop == end) {
        break;
      }
      boolean hadData = hasData;
      if (!completeLine(bytes, start, stop, listener)) {
        stopped = true;
        return false;
      }
      start = stop + 1;
      if (bytes[stop] == '\r') {
        if (start < end && bytes[start] == '\n') {
          start++;
        } else {
          skipLineFeed = start == end;
        }
      }
      if (betweenEvents && hadData && eventStart != SPLIT && bytes[start - 1] == '\n') {
        listener.onWhole(bytes, eventStart, start);
      }
    }
    holdOwn();
    if (start < end) {
      appendLine(bytes, start, end);
    }
    return true;
  }

  private boolean completeLine(byte[] bytes, int from, int to, SseListener listener) {
    if (lineLength == 0) {
      return readLine(bytes, from, to, listener);
    }
    appendLine(bytes, from, to);
    int length = lineLength;
    lineLength = 0;
    return readLine(line, 0, length, listener);
  }

  private boolean readLine(byte[] bytes, int from, int to, SseListener listener) {
    int start = from;
    if (firstLine) {
      firstLine = false;
      if (to - start >= 3
          && bytes[start] == (byte) 0xEF
          && bytes[start + 1] == (byte) 0xBB
          && bytes[start + 2] == (byte) 0xBF) {
        start += 3;
      }
    }
    betweenEvents = start == to;
    if (betweenEvents) {
      return dispatch(listener);
    }
    int colon = start;
    while (colon < to && bytes[colon] != ':') {
      colon++;
    }
    int value = Math.min(colon + 1, to);
    if (value < to && bytes[value] == ' ') {
      value++;
    }
    if (Arrays.equals(bytes, start, colon, DATA, 0, DATA.length)) {
      return addData(bytes, value, to, listener);
    }
    if (Arrays.equals(bytes, start, colon, EVENT, 0, EVENT.length)) {
      nameLength = to - value;
      name = withCapacity(name, nameLength);
      System.arraycopy(bytes, value, name, 0, nameLength);
    }
    return true;
  }

  private boolean addData(byte[] bytes, int from, int to, SseListener listener) {
    int length = to - from;
    if (!hasData) {
      hasData = true;
      held = bytes;
      heldOffset = from;
      heldLength = length;
      return true;
    }
    if (length + 1 > lineLimit - heldLength) {
      return oversized("an event of over " + lineLimit + " bytes without an end", listener);
    }
    holdOwn();
    data = withCapacity(data, heldLength + 1 + length);
    data[heldLength] = '\n';
    System.arraycopy(bytes, from, data, heldLength + 1, length);
    held = data;
    heldLength += 1 + length;
    return true;
  }

  private boolean dispatch(SseListener listener) {
    boolean more = !hasData || listener.onEvent(name, nameLength, held, heldOffset, heldLength);
    forgetEvent();
    return more;
  }

  private void forgetEvent() {
    hasData = false;
    dataIsOwn = false;
    held = data;
    heldOffset = 0;
    heldLength = 0;
    nameLength = 0;
  }

  /** Moves the open event's data out of a buffer that is about to be used again. */
  private void holdOwn() {
    if (hasData && !dataIsOwn) {
      data = withCapacity(data, heldLength);
      System.arraycopy(held, heldOffset, data, 0, heldLength);
      held = data;
      heldOffset = 0;
      dataIsOwn = true;
    }
  }

  private void appendLine(byte[] bytes, int from, int to) {
    line = withCapacity(line, lineLength + to - from);
    System.arraycopy(bytes, from, line, lineLength, to - from);
    lineLength += to - from;
  }

  private boolean oversized(String what, SseListener listener) {
    stopped = true;
    listener.onOversized(what);
    return false;
  }

  private static byte[] withCapacity(byte[] array, int capacity) {
    return capacity <= array.length
        ? array
        : Arrays.copyOf(array, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * capacity));
  }
}
