package dev.candor.corpus.imports;

/** Is told how far an import is, after every record; decides itself what to show and when. */
public interface ImportProgress {
  /** Shows nothing. */
  ImportProgress NONE = (step, records, bytes, totalBytes) -> {};

  /** What an import does at the moment. */
  enum Step {
    READING,
    ORDERING,
    WRITING
  }

  /**
   * Tells where it is.
   *
   * @param records read so far, or rows written
   * @param bytes of the sources read so far
   * @param totalBytes of the sources; -1 where unknown
   */
  void at(Step step, long records, long bytes, long totalBytes);
}
