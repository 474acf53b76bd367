package dev.candor.corpus.read;

/** Takes what a reader makes of a record. */
public interface Requests {

  void accept(SourceRequest request);

  /** A part of the record is bad, and the rest of it can be used. */
  void bad(BadRecord problem);

  /** A part of the record, or all of it, is no request, and that is as it should be. */
  void passOver();
}
