package dev.candor.protocol.body;

import java.util.Arrays;

/** Gathers a body up to a limit. <b>For one thread.</b> */
final class BodyBuffer {
  private static final int KEPT_CAPACITY = 64 << 10;

  private final int limit;
  private byte[] bytes = new byte[0];
  private int length;

  /**
   * @param limit in bytes
   */
  BodyBuffer(int limit) {
    this.limit = limit;
  }

  void clear() {
    length = 0;
    if (bytes.length > KEPT_CAPACITY) {
      bytes = new byte[0];
    }
  }

  /** Takes what fits; false where that is not all of it. */
  boolean add(byte[] source, int from, int count) {
    int taken = Math.min(count, limit - length);
    if (length + taken > bytes.length) {
      int capacity = (int) Math.min(limit, Math.max(1024L, 2L * (length + taken)));
      bytes = Arrays.copyOf(bytes, capacity);
    }
    System.arraycopy(source, from, bytes, length, taken);
    length += taken;
    return taken == count;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }
}
