package dev.candor.corpus.sample;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * What is kept or left together: sessions that share a beginning, or one alone.
 *
 * @param sessions grouped by unit
 * @param starts of each unit in {@code sessions}, and the end of the last
 * @param first request of each session, and the end of the last
 * @param input tokens of each request's prompt
 * @param output tokens of each request's answer
 * @param cached tokens of each request's prompt that an earlier one began with
 */
record Units(int[] sessions, int[] starts, int[] first, int[] input, int[] output, int[] cached) {

  int count() {
    return starts.length - 1;
  }

  int allRequests() {
    return first[sessions.length];
  }

  /** Hands over the requests of {@code unit}. */
  void forEachRequest(int unit, IntConsumer consumer) {
    for (int i = starts[unit]; i < starts[unit + 1]; i++) {
      for (int request = first[sessions[i]]; request < first[sessions[i] + 1]; request++) {
        consumer.accept(request);
      }
    }
  }

  /** How many requests each unit has. */
  int[] sizes() {
    int[] sizes = new int[count()];
    for (int unit = 0; unit < sizes.length; unit++) {
      for (int i = starts[unit]; i < starts[unit + 1]; i++) {
        sizes[unit] += first[sessions[i] + 1] - first[sessions[i]];
      }
    }
    return sizes;
  }

  /** The number of each request in its session. */
  int[] turns() {
    int[] turns = new int[allRequests()];
    for (int session = 0; session < sessions.length; session++) {
      for (int request = first[session]; request < first[session + 1]; request++) {
        turns[request] = request - first[session];
      }
    }
    return turns;
  }

  /** The mean of {@code values} of each unit's requests. */
  int[] means(int[] values) {
    int[] sizes = sizes();
    int[] means = new int[sizes.length];
    for (int unit = 0; unit < means.length; unit++) {
      long[] sum = new long[1];
      forEachRequest(unit, request -> sum[0] += values[request]);
      means[unit] = (int) (sum[0] / sizes[unit]);
    }
    return means;
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

  /** Indices by the rising values of the first {@code size}; equal ones in their order. */
  static int[] ranked(int[] values, int size) {
    long[] sorted = new long[size];
    for (int i = 0; i < size; i++) {
      sorted[i] = (long) values[i] << 32 | i;
    }
    Arrays.sort(sorted);
    int[] ranked = new int[size];
    for (int i = 0; i < size; i++) {
      ranked[i] = (int) sorted[i];
    }
    return ranked;
  }
}
