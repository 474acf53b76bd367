package dev.candor.scrub;

/**
 * A value without what it says: its letters as x or X, its digits as 9, all but a few signs as ?.
 */
final class Shape {
  private static final int LONGEST = 40;

  private Shape() {}

  static String of(String value) {
    StringBuilder shape = new StringBuilder();
    for (int i = 0; i < Math.min(LONGEST, value.length()); i++) {
      char c = value.charAt(i);
      shape.append(
          switch (Text.classOf(c)) {
            case Text.LOWER -> 'x';
            case Text.UPPER -> 'X';
            case Text.DIGIT -> '9';
            default -> " .-@:/+()".indexOf(c) >= 0 ? c : '?';
          });
    }
    return value.length() > LONGEST
        ? "%s… (%d characters)".formatted(shape, value.length())
        : shape.toString();
  }
}
