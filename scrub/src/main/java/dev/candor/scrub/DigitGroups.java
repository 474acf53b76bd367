package dev.candor.scrub;

/**
 * Groups of digits with one separator between two of them, as cards, phone numbers and dates are
 * written. <b>For one thread</b>; used again for the next.
 */
final class DigitGroups {
  private static final int MOST = 12;
  private static final int MOST_DIGITS = 32;

  private final int[] starts = new int[MOST];
  private final int[] ends = new int[MOST];
  private int count;

  /** Reads on from the digit at {@code start}. */
  void read(Text text, int start) {
    count = 0;
    int digits = 0;
    int at = start;
    while (count < MOST && digits < MOST_DIGITS) {
      int end = text.digitsEnd(at);
      starts[count] = at;
      ends[count++] = end;
      digits += end - at;
      if (!separator(text.at(end)) || !text.digit(end + 1)) {
        return;
      }
      at = end + 1;
    }
  }

  private static boolean separator(char c) {
    return c == ' '
        || c == '-'
        || c == '.'
        || c == '/'
        || c == '\u00a0'
        || c == '\u202f'
        || c == '\u2011'
        || c == '\u2013';
  }

  int count() {
    return count;
  }

  int start(int group) {
    return starts[group];
  }

  int end(int group) {
    return ends[group];
  }

  int length(int group) {
    return ends[group] - starts[group];
  }

  /** Whether the groups from {@code first} on have these lengths, whatever follows. */
  boolean shaped(int first, int... lengths) {
    if (first + lengths.length > count) {
      return false;
    }
    for (int i = 0; i < lengths.length; i++) {
      if (length(first + i) != lengths[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@code separator} stands between all groups from {@code first} to {@code last}. */
  boolean separatedBy(Text text, char separator, int first, int last) {
    for (int i = first; i < last; i++) {
      if (text.at(ends[i]) != separator) {
        return false;
      }
    }
    return true;
  }

  /** One separator for all of them, whichever it is. */
  boolean evenlySeparated(Text text, int first, int last) {
    return first == last || separatedBy(text, text.at(ends[first]), first, last);
  }

  /** The digits of the groups {@code first} to {@code last}, without what separates them. */
  String digits(Text text, int first, int last) {
    StringBuilder digits = new StringBuilder();
    for (int i = first; i <= last; i++) {
      digits.append(text.slice(starts[i], ends[i]));
    }
    return digits.toString();
  }

  int number(Text text, int group) {
    int value = 0;
    for (int i = starts[group]; i < ends[group] && i < starts[group] + 9; i++) {
      value = 10 * value + text.at(i) - '0';
    }
    return value;
  }
}
