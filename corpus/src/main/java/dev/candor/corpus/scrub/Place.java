package dev.candor.corpus.scrub;

/**
 * Where something is left; never what.
 *
 * @param line of the file, of a corpus the row, from 1
 */
public record Place(String file, long line, String kind) {

  @Override
  public String toString() {
    return file + ":" + line + ":" + kind;
  }
}
