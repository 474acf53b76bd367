package dev.candor.telemetry.prometheus;

import java.io.ByteArrayOutputStream;

/**
 * Snappy's block format (https://github.com/google/snappy/blob/main/format_description.txt), which
 * remote write asks for. All of it is literals: a few hundred kilobytes every few seconds are not
 * worth a compressor beside a load test.
 */
final class SnappyBlock {
  private static final int LONGEST_LITERAL = 1 << 16;

  /** A literal whose length, less one, stands in the two bytes behind the tag. */
  private static final int TWO_BYTE_LENGTH = 61 << 2;

  private SnappyBlock() {}

  static byte[] of(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 16);
    Protobuf.varint(content.length, out);
    for (int from = 0; from < content.length; from += LONGEST_LITERAL) {
      int length = Math.min(LONGEST_LITERAL, content.length - from);
      out.write(TWO_BYTE_LENGTH);
      out.write(length - 1);
      out.write((length - 1) >>> 8);
      out.write(content, from, length);
    }
    return out.toByteArray();
  }
}
