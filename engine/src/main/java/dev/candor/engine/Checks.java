package dev.candor.engine;

import dev.candor.base.error.CandorException;

/** Bounds of settings that a user gives, in a profile or by a flag. */
final class Checks {
  private Checks() {}

  static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw CandorException.user("%s is %d, must be at least %d".formatted(name, value, least));
    }
  }

  static void notNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw CandorException.user("%s is %s, must be a number of at least 0".formatted(name, value));
    }
  }
}
