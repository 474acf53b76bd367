package dev.candor.mock;

import java.util.Arrays;

/**
 * The events of one answer as they were sent. <b>For one thread</b> while it grows, for any after.
 */
public final class SentEvents {
  /*
   * About eight bytes an event instead of twenty: its intended instant after that of the event
   * before, its lateness and its tokens, each as a number of variable length, in chunks that are
   * never copied. Two thousand answers that grow at once would else be most of what a garbage
   * collection has to move, and make tokens late.
   */
  private static final int CHUNK = 256;
  private static final int LARGEST_EVENT = 25;

  private byte[][] chunks = new byte[2][];
  private int[] used = new int[2];
  private int full;
  private int at = CHUNK;
  private int count;
  private long firstIntended;
  private long lastIntended;

  void add(long intendedNanos, long emittedNanos, int tokens) {
    if (at > CHUNK - LARGEST_EVENT) {
      nextChunk();
    }
    if (count++ == 0) {
      firstIntended = intendedNanos;
      lastIntended = intendedNanos;
    }
    byte[] chunk = chunks[full - 1];
    at = put(chunk, at, zigzag(intendedNanos - lastIntended));
    at = put(chunk, at, zigzag(emittedNanos - intendedNanos));
    at = put(chunk, at, tokens);
    lastIntended = intendedNanos;
  }

  private void nextChunk() {
    if (full > 0) {
      used[full - 1] = at;
    }
    if (full == chunks.length) {
      chunks = Arrays.copyOf(chunks, 2 * full);
      used = Arrays.copyOf(used, 2 * full);
    }
    chunks[full++] = new byte[CHUNK];
    at = 0;
  }

  private static int put(byte[] chunk, int start, long value) {
    int position = start;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      chunk[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    chunk[position++] = (byte) rest;
    return position;
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  public int count() {
    return count;
  }

  /** When the first event was meant to be sent, 0 where there is none. */
  public long firstIntended() {
    return firstIntended;
  }

  /** When each event was meant to be sent. */
  public long[] intended() {
    long[] intended = new long[count];
    forEach((index, intendedNanos, emittedNanos, tokens) -> intended[index] = intendedNanos);
    return intended;
  }

  /** When each was handed to the socket. */
  public long[] emitted() {
    long[] emitted = new long[count];
    forEach((index, intendedNanos, emittedNanos, tokens) -> emitted[index] = emittedNanos);
    return emitted;
  }

  /** The tokens of each. */
  public int[] tokens() {
    int[] tokens = new int[count];
    forEach((index, intendedNanos, emittedNanos, carried) -> tokens[index] = carried);
    return tokens;
  }

  private interface Visitor {
    void event(int index, long intendedNanos, long emittedNanos, int tokens);
  }

  private void forEach(Visitor visitor) {
    Cursor cursor = new Cursor();
    long intended = firstIntended;
    for (int i = 0; i < count; i++) {
      cursor.beginEvent();
      intended += unzigzag(cursor.next());
      long emitted = intended + unzigzag(cursor.next());
      visitor.event(i, intended, emitted, (int) cursor.next());
    }
  }

  private static long unzigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  private final class Cursor {
    private int chunk;
    private int position;

    void beginEvent() {
      if (position == (chunk == full - 1 ? at : used[chunk])) {
        chunk++;
        position = 0;
      }
    }

    long next() {
      long value = 0;
      int shift = 0;
      byte part;
      do {
        part = chunks[chunk][position++];
        value |= (part & 0x7FL) << shift;
        shift += 7;
      } while (part < 0);
      return value;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SentEvents events
        && Arrays.equals(intended(), events.intended())
        && Arrays.equals(emitted(), events.emitted())
        && Arrays.equals(tokens(), events.tokens());
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(emitted()) + Arrays.hashCode(tokens());
  }

  @Override
  public String toString() {
    return count + " events from " + firstIntended;
  }
}
