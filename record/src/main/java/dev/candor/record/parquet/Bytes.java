package dev.candor.record.parquet;

import java.util.Arrays;

/** Bytes that grow at their end; reused. For one thread. */
final class Bytes {
  private byte[] array = new byte[256];
  private int length;

  int length() {
    return length;
  }

  byte[] array() {
    return array;
  }

  void clear() {
    length = 0;
  }

  private void room(int more) {
    if (length + more > array.length) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, length + more));
    }
  }

  void put(int value) {
    room(1);
    array[length++] = (byte) value;
  }

  void put(byte[] from, int count) {
    room(count);
    System.arraycopy(from, 0, array, length, count);
    length += count;
  }

  void put(Bytes other) {
    put(other.array, other.length);
  }

  /** The lowest {@code count} bytes of {@code value}, the lowest first. */
  void littleEndian(long value, int count) {
    room(count);
    for (int i = 0; i < count; i++) {
      array[length++] = (byte) (value >>> (8 * i));
    }
  }

  /** Seven bits a byte, the lowest first. */
  void varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      array[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[length++] = (byte) rest;
  }

  /** Small numbers of either sign in few bytes. */
  void zigzag(long value) {
    varint((value << 1) ^ (value >> 63));
  }
}
