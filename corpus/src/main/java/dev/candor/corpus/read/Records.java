package dev.candor.corpus.read;

import java.util.Arrays;

/**
 * Cuts bytes into records and holds one at a time. For one thread.
 *
 * <p>{@link #next} throws {@link BadRecord} for a record that it could not hold or find the end of;
 * the call after that goes on behind it.
 */
public abstract sealed class Records permits LineRecords, JsonRecords {
  final SourceBytes source;
  long line = 1;
  private final int mostBytes;
  private byte[] record = new byte[1 << 12];
  private int length;
  private long recordLine;
  private boolean ended;

  Records(SourceBytes source, int mostBytes) {
    this.source = source;
    this.mostBytes = mostBytes;
  }

  /** Goes to the next record; false where there is none. */
  public final boolean next() {
    length = 0;
    recordLine = line;
    if (ended) {
      return false;
    }
    return find();
  }

  abstract boolean find();

  /** The record starts here. */
  final void begin() {
    length = 0;
    recordLine = line;
  }

  /**
   * Takes the source's buffer up to {@code end}, and goes there.
   *
   * @param whole whether the record ends there
   */
  final void take(int end, boolean whole) {
    int count = end - source.position;
    if (length > mostBytes - count) {
      // Said before its end is looked for: a user who does not skip need not wait for it.
      BadRecord problem =
          new BadRecord(
              Reason.TOO_LONG,
              "found a record of more than %s, must be less".formatted(size(mostBytes)));
      source.position = end;
      length = 0;
      passRest(whole);
      throw problem;
    }
    if (length + count > record.length) {
      record = Arrays.copyOf(record, Math.clamp(2L * (length + count), 1 << 12, mostBytes));
    }
    System.arraycopy(source.buffer, source.position, record, length, count);
    length += count;
    source.position = end;
  }

  /** The next call of {@link #next} is to skip what is left of the record, unless it is whole. */
  abstract void passRest(boolean whole);

  /** The source ended where a record had not. */
  final BadRecord cutOff(Reason reason, String message) {
    ended = true;
    String damage = source.damage();
    return damage == null
        ? new BadRecord(reason, message)
        : new BadRecord(Reason.TRUNCATED, damage);
  }

  /** The source ended between two records: true where it ought not to have, said once. */
  final boolean endsEarly() {
    ended = true;
    return source.damage() != null;
  }

  private static String size(int bytes) {
    return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : bytes + " bytes";
  }

  public final byte[] bytes() {
    return record;
  }

  public final int length() {
    return length;
  }

  /** Of its first byte, from 1. */
  public final long line() {
    return recordLine;
  }

  /**
   * The record as text.
   *
   * @throws BadRecord where it is not UTF-8
   */
  final String text() {
    Utf8.check(record, length);
    return new String(record, 0, length, java.nio.charset.StandardCharsets.UTF_8);
  }
}
