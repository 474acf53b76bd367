package dev.candor.analysis.plan;

/**
 * What a request is like, on average.
 *
 * @param input prompt tokens
 * @param output tokens of the answer
 * @param hitRate share of the prompt tokens that the prefix cache serves, 0 to 1
 */
public record Mix(double input, double output, double hitRate) {

  /** Prompt tokens that must be computed. */
  public double computedInput() {
    return input * (1 - hitRate);
  }

  Mix withHitRate(double other) {
    return new Mix(input, output, other);
  }

  /** The same with so many times the tokens. */
  Mix times(double inputs, double outputs) {
    return new Mix(input * inputs, output * outputs, hitRate);
  }
}
