package dev.candor.protocol.body;

import java.util.Arrays;

/**
 * The text of one event: a range of the event's own bytes while there is one piece, a copy from the
 * second piece on. <b>For one thread.</b>
 */
final class TextPieces {
  private byte[] joined = new byte[256];
  private byte[] source = joined;
  private int offset;
  private int length;
  private boolean copied;

  void clear() {
    source = joined;
    offset = 0;
    length = 0;
    copied = false;
  }

  void add(byte[] bytes, int from, int to) {
    if (length == 0) {
      source = bytes;
      offset = from;
      length = to - from;
      return;
    }
    int total = length + to - from;
    byte[] target = total <= joined.length ? joined : Arrays.copyOf(joined, 2 * total);
    if (!copied) {
      System.arraycopy(source, offset, target, 0, length);
    }
    System.arraycopy(bytes, from, target, length, to - from);
    joined = target;
    source = target;
    offset = 0;
    length = total;
    copied = true;
  }

  byte[] bytes() {
    return source;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }
}
