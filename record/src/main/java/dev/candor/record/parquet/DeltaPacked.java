package dev.candor.record.parquet;

import java.util.Arrays;

/**
 * Whole numbers in Parquet's DELTA_BINARY_PACKED encoding: instants a token's time apart take two
 * to three bytes, constants next to nothing. For one thread.
 */
final class DeltaPacked {
  private static final int BLOCK = 128;
  private static final int MINIBLOCKS = 4;
  private static final int MINIBLOCK = BLOCK / MINIBLOCKS;

  private final boolean wide;
  private final long[] deltas = new long[BLOCK];
  private final Bytes blocks = new Bytes();
  private int pending;
  private long count;
  private long first;
  private long previous;

  /**
   * @param wide whether they are of 64 bits, else of 32
   */
  DeltaPacked(boolean wide) {
    this.wide = wide;
  }

  long count() {
    return count;
  }

  void clear() {
    blocks.clear();
    pending = 0;
    count = 0;
  }

  void add(long value) {
    if (count++ == 0) {
      first = value;
    } else {
      long delta = value - previous;
      // Differences wrap around in the column's own width.
      deltas[pending++] = wide ? delta : (int) delta;
      if (pending == BLOCK) {
        block();
      }
    }
    previous = value;
  }

  /** Adds {@code value} so many times. */
  void add(long value, int times) {
    if (times > 0) {
      add(value);
    }
    for (int left = times - 1; left > 0; ) {
      int some = Math.min(left, BLOCK - pending);
      Arrays.fill(deltas, pending, pending + some, 0);
      pending += some;
      count += some;
      left -= some;
      if (pending == BLOCK) {
        block();
      }
    }
  }

  void encode(Bytes out) {
    if (pending > 0) {
      block();
    }
    out.varint(BLOCK);
    out.varint(MINIBLOCKS);
    out.varint(count);
    out.zigzag(count == 0 ? 0 : first);
    out.put(blocks);
  }

  private void block() {
    long least = deltas[0];
    for (int i = 1; i < pending; i++) {
      least = Math.min(least, deltas[i]);
    }
    blocks.zigzag(least);
    int miniblocks = (pending + MINIBLOCK - 1) / MINIBLOCK;
    for (int m = 0; m < MINIBLOCKS; m++) {
      blocks.put(m < miniblocks ? bits(m, least) : 0);
    }
    for (int m = 0; m < miniblocks; m++) {
      pack(m, bits(m, least), least);
    }
    pending = 0;
  }

  /** How many bits each difference of miniblock {@code m} needs above {@code least}. */
  private int bits(int m, long least) {
    long any = 0;
    for (int i = m * MINIBLOCK; i < Math.min(pending, (m + 1) * MINIBLOCK); i++) {
      any |= above(i, least);
    }
    return Long.SIZE - Long.numberOfLeadingZeros(any);
  }

  private long above(int i, long least) {
    long above = deltas[i] - least;
    return wide ? above : above & 0xFFFFFFFFL;
  }

  private void pack(int m, int bits, long least) {
    long word = 0;
    int used = 0;
    for (int i = m * MINIBLOCK; i < (m + 1) * MINIBLOCK; i++) {
      long value = i < pending ? above(i, least) : 0;
      word |= value << used;
      used += bits;
      if (used >= Long.SIZE) {
        blocks.littleEndian(word, Long.BYTES);
        used -= Long.SIZE;
        word = used == 0 ? 0 : value >>> (bits - used);
      }
    }
    blocks.littleEndian(word, used / 8);
  }
}
