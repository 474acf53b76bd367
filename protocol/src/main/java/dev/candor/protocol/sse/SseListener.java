package dev.candor.protocol.sse;

/** Hears the events of a stream; byte ranges are valid during the call only. */
public interface SseListener {

  /**
   * One event that has data.
   *
   * @param name its first {@code nameLength} bytes are the {@code event:} field; none where 0
   * @param data holds the {@code data:} lines, joined by line feeds
   * @return false to read no further
   */
  boolean onEvent(byte[] name, int nameLength, byte[] data, int offset, int length);

  /**
   * An event may begin at {@code from}. Whoever knows what it looks like may read it, and further
   * ones behind it, if they are whole and end with a line feed.
   *
   * @return where the next event begins; {@code from} where none was read
   */
  int readKnown(byte[] bytes, int from, int to);

  /** All lines of the event just told, its blank one included, were {@code [from, to)}. */
  void onWhole(byte[] bytes, int from, int to);

  /** A line or an event is longer than the limit; nothing more is read. */
  void onOversized(String what);
}
