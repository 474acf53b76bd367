package dev.candor.corpus.sample;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What is kept or left together: sessions that share a beginning, or one alone.
 *
 * @param sessions grouped by unit
 * @param starts of each unit in {@code sessions}, and the end of the last
 * @param requests in each unit
 * @param input mean prompt of each unit, in tokens
 * @param output mean answer of each unit, in tokens
 */
record Units(int[] sessions, int[] starts, int[] requests, int[] input, int[] output) {

  int count() {
    return requests.length;
  }

  long allRequests() {
    return Arrays.stream(requests).asLongStream().sum();
  }

  /** The sessions of {@code units}. */
  BitSet sessionsOf(int[] units) {
    BitSet chosen = new BitSet(sessions.length);
    for (int unit : units) {
      for (int i = starts[unit]; i < starts[unit + 1]; i++) {
        chosen.set(sessions[i]);
      }
    }
    return chosen;
  }

  /** Units by rising {@code values}; equal ones in their order. */
  static int[] ranked(int[] values) {
    long[] sorted = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      sorted[i] = (long) values[i] << 32 | i;
    }
    Arrays.sort(sorted);
    return Arrays.stream(sorted).mapToInt(each -> (int) each).toArray();
  }
}
