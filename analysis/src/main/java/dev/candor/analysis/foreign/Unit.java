package dev.candor.analysis.foreign;

/**
 * What a figure is shown in. Times are kept in nanoseconds, all else as it is shown.
 *
 * @param samplesPerUnit how much of a sample's unit makes one of it
 */
record Unit(String text, double samplesPerUnit) {
  static final Unit MS = new Unit("ms", 1e6);
  static final Unit S = new Unit("s", 1e9);
  static final Unit TOKENS = new Unit("tokens", 1);
  static final Unit TOKENS_PER_S = new Unit("tok/s", 1);
}
