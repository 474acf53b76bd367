package dev.candor.record.parquet;

import java.util.Arrays;

/** Small numbers as runs of equal ones, in Parquet's RLE encoding. For one thread. */
final class Runs {
  private int[] values = new int[16];
  private int[] lengths = new int[16];
  private int runs;

  void add(int value, int times) {
    if (times == 0) {
      return;
    }
    if (runs > 0 && values[runs - 1] == value) {
      lengths[runs - 1] += times;
      return;
    }
    if (runs == values.length) {
      values = Arrays.copyOf(values, 2 * runs);
      lengths = Arrays.copyOf(lengths, 2 * runs);
    }
    values[runs] = value;
    lengths[runs++] = times;
  }

  void clear() {
    runs = 0;
  }

  /** Appends them, each value in {@code bits} bits. */
  void encode(int bits, Bytes out) {
    for (int i = 0; i < runs; i++) {
      out.varint((long) lengths[i] << 1);
      out.littleEndian(values[i], (bits + 7) / 8);
    }
  }

  /** As {@link #encode}, behind its length in four bytes: the levels of a data page. */
  void encodeLevels(int bits, Bytes scratch, Bytes out) {
    scratch.clear();
    encode(bits, scratch);
    out.littleEndian(scratch.length(), 4);
    out.put(scratch);
  }
}
