package dev.candor.protocol;

/**
 * Reads one response of a dialect, bytes in, events out; one for streamed answers, one for whole
 * ones. Keeps state between reads, so events may be split at any byte. <b>For one thread; reusable
 * through {@link #reset}.</b>
 */
public interface ResponseReader {

  /** Forgets the last response. */
  void reset();

  /**
   * Reads the next bytes of the body.
   *
   * @return false once nothing more should be read: after a malformed stream or the terminal event
   */
  boolean read(byte[] bytes, int offset, int length, ResponseListener listener);

  /** The body ended in good order. */
  void end(ResponseListener listener);
}
