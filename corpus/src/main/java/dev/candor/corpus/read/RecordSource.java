package dev.candor.corpus.read;

/** A source, record by record. For one thread. */
public interface RecordSource extends AutoCloseable {

  Format format();

  /**
   * Reads the next record; false where there is none.
   *
   * @throws BadRecord where it cannot be used; the call after that goes on behind it
   */
  boolean next(Requests to);

  /** Of the record at hand, from 1: a line, or the record's number where there are no lines. */
  long line();

  /** Bytes of the file that were read so far, packed ones where it is packed. */
  long bytesRead();

  @Override
  void close();
}
