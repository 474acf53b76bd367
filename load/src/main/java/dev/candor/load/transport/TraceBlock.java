package dev.candor.load.transport;

import org.jspecify.annotations.Nullable;

/**
 * A piece of an attempt's timeline. Goes round: its loop fills it, the writer keeps it until the
 * attempt has ended, and it comes back. <b>One owner at a time.</b>
 */
public final class TraceBlock {
  /** About two hundred tokens; what a stream in flight holds of its answer on the loop's side. */
  static final int SIZE = 1024;

  final byte[] bytes = new byte[SIZE];
  int length;

  /** Of which attempt; set when it is handed over. */
  @Nullable AttemptTrace trace;

  /** The next of that attempt that the writer keeps. */
  @Nullable TraceBlock next;

  int room() {
    return SIZE - length;
  }

  /** Appends seven bits a byte, the lowest first; ten bytes at most. */
  void varint(long value) {
    int at = length;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
    length = at;
  }
}
