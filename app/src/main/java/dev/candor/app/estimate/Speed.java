package dev.candor.app.estimate;

/**
 * How fast a target is taken to answer.
 *
 * @param ttftNanos to the first token
 * @param tokenNanos between tokens
 */
public record Speed(double ttftNanos, double tokenNanos) {

  long answerNanos(int tokens) {
    return Math.round(ttftNanos + tokenNanos * Math.max(0, tokens - 1));
  }
}
