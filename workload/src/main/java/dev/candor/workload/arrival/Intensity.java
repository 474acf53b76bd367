package dev.candor.workload.arrival;

import dev.candor.workload.arrival.RatePieces.Piece;

/**
 * The inverse of Λ(t), the expected number of arrivals up to t, for a rate in straight pieces and
 * arguments that never fall. <b>For one thread.</b>
 */
final class Intensity {
  private final double endSeconds;
  private final RatePieces pieces;
  private Piece piece;
  private double startSeconds;
  private double startExpected;

  /**
   * @param endSeconds when the step is over
   */
  Intensity(double endSeconds, RatePieces pieces) {
    this.endSeconds = endSeconds;
    this.pieces = pieces;
    this.piece = pieces.next();
  }

  /** Λ⁻¹ in nanoseconds; MAX_VALUE from the step's end on. */
  long instantOf(double expected) {
    while (expected - startExpected > piece.expected() && startSeconds < endSeconds) {
      startSeconds += piece.seconds();
      startExpected += piece.expected();
      piece = pieces.next();
    }
    double seconds = startSeconds + piece.secondsUntil(expected - startExpected);
    // Rounded, an instant just before the end may fall upon it.
    return seconds < endSeconds
        ? Math.min(Math.round(seconds * 1e9), Math.round(endSeconds * 1e9) - 1)
        : Long.MAX_VALUE;
  }
}
