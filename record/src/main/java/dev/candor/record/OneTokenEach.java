package dev.candor.record;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The tokens of events that carried one each, as nearly all do: answers of one length share an
 * array, by which they are known without looking into it. May be used by any thread.
 */
public final class OneTokenEach {
  private static final int LONGEST_KEPT = 4096;
  private static final AtomicReferenceArray<int[]> KEPT =
      new AtomicReferenceArray<>(LONGEST_KEPT + 1);

  private OneTokenEach() {}

  /** An array of {@code events} ones, which must not be changed. */
  public static int[] of(int events) {
    int[] kept = events <= LONGEST_KEPT ? KEPT.get(events) : null;
    if (kept != null) {
      return kept;
    }
    int[] ones = new int[events];
    Arrays.fill(ones, 1);
    return events > LONGEST_KEPT || KEPT.compareAndSet(events, null, ones)
        ? ones
        : KEPT.get(events);
  }

  /** Whether there are ones alone in {@code eventTokens}. */
  @SuppressWarnings("ReferenceEquality") // the array that is shared, and no other
  public static boolean is(int[] eventTokens) {
    if (eventTokens.length <= LONGEST_KEPT && KEPT.get(eventTokens.length) == eventTokens) {
      return true;
    }
    for (int tokens : eventTokens) {
      if (tokens != 1) {
        return false;
      }
    }
    return true;
  }
}
