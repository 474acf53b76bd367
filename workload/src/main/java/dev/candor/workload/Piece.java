package dev.candor.workload;

/** A part of a message. */
sealed interface Piece {

  /**
   * Words to be generated.
   *
   * @param number tells it from every other text of the run; see {@link TextNumbers}
   * @param shared whether others say the same
   */
  record Generated(long number, int tokens, boolean shared) implements Piece {}

  /** Text as a server sent it. */
  record Quoted(String text) implements Piece {}
}
