package dev.candor.scrub;

import dev.candor.base.error.CandorException;

/**
 * A text that lets a regular expression read only so much of it: the engine of Java backtracks, and
 * for some patterns tries out more than there are seconds. <b>For one thread.</b>
 */
final class CountedText implements CharSequence {
  private static final long READS_A_CHARACTER = 200;
  private static final long READS_ANYWAY = 1_000_000;

  private final String text;
  private final String where;
  private long left;

  CountedText(String text, String where) {
    this.text = text;
    this.where = where;
    left = READS_ANYWAY + READS_A_CHARACTER * text.length();
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (--left < 0) {
      throw CandorException.user(
          "%s: the pattern reads each character of a text over %d times, as nested repetitions do; simplify it"
              .formatted(where, READS_A_CHARACTER));
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
