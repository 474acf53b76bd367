package dev.candor.scrub;

import java.util.Arrays;

/** Where words of each cue were last met, on the way through a text. <b>For one thread.</b> */
final class Cues {
  /** Beyond any distance that is asked for. */
  private static final int NEVER = -10_000;

  private final int[] lastEnd = new int[Long.SIZE];

  void clear() {
    Arrays.fill(lastEnd, NEVER);
  }

  /** Notes a word with the bits {@code cues} that ends at {@code end}. */
  void note(long cues, int end) {
    for (long rest = cues; rest != 0; rest &= rest - 1) {
      lastEnd[Long.numberOfTrailingZeros(rest)] = end;
    }
  }

  /** Whether such a word ends at most {@code distance} characters before {@code at}. */
  boolean near(Cue cue, int at, int distance) {
    return at - lastEnd[cue.place()] <= distance;
  }
}
