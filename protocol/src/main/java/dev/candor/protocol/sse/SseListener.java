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

  /** A line or an event is longer than the limit; nothing more is read. */
  void onOversized(String what);
}
