package dev.candor.protocol.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at a time. */
public final class Words {
  /*
   * A byte b of a word is zero iff (b - 0x01) borrows into its top bit while b's own is clear. A
   * borrow may reach the bytes above, so only the lowest mark of a result is sure; it is the only
   * one that is used, the word being read so that its lowest byte is the first.
   */
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long TOPS = 0x8080_8080_8080_8080L;

  private Words() {}

  static long at(byte[] bytes, int index) {
    return (long) LONGS.get(bytes, index);
  }

  /** The first eight of {@code length} bytes as a word, zeros where there are fewer. */
  static long head(byte[] bytes, int from, int length) {
    if (from + Long.BYTES <= bytes.length) {
      long word = at(bytes, from);
      return length >= Long.BYTES ? word : word & ((1L << (length << 3)) - 1);
    }
    long word = 0;
    for (int i = Math.min(length, Long.BYTES) - 1; i >= 0; i--) {
      word = word << 8 | (bytes[from + i] & 0xFF);
    }
    return word;
  }

  /**
   * The first byte that ends a run of plain characters in a JSON string: a quote, a backslash, a
   * control character, or a byte of a character beyond ASCII; {@code end} if there is none.
   */
  static int plainEnd(byte[] bytes, int from, int end) {
    int i = from;
    for (int last = Math.min(end, bytes.length - 7); i < last; i += Long.BYTES) {
      long word = at(bytes, i);
      long quote = word ^ ONES * '"';
      long backslash = word ^ ONES * '\\';
      long marks =
          ((quote - ONES & ~quote) | (backslash - ONES & ~backslash) | word - ONES * ' ' | word)
              & TOPS;
      if (marks != 0) {
        return Math.min(end, i + (Long.numberOfTrailingZeros(marks) >>> 3));
      }
    }
    while (i < end && isPlain(bytes[i])) {
      i++;
    }
    return Math.min(i, end);
  }

  private static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }

  /** The first carriage return or line feed; {@code end} if there is none. */
  public static int lineEnd(byte[] bytes, int from, int end) {
    int i = from;
    for (int last = Math.min(end, bytes.length - 7); i < last; i += Long.BYTES) {
      long word = at(bytes, i);
      long feed = word ^ ONES * '\n';
      long carriage = word ^ ONES * '\r';
      long marks = ((feed - ONES & ~feed) | (carriage - ONES & ~carriage)) & TOPS;
      if (marks != 0) {
        return Math.min(end, i + (Long.numberOfTrailingZeros(marks) >>> 3));
      }
    }
    while (i < end && bytes[i] != '\n' && bytes[i] != '\r') {
      i++;
    }
    return Math.min(i, end);
  }
}
