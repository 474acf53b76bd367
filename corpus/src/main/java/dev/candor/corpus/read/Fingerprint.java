package dev.candor.corpus.read;

import dev.candor.base.random.Seed;

/**
 * Chained 64-bit hashes under a key that is made anew for each import and kept nowhere, so that no
 * id of a corpus says whether a guessed text was in its source. Each value is hashed with all
 * before it.
 */
public record Fingerprint(long key) {

  /** Of a chain that has no link yet; chains of different {@code purpose} never meet. */
  public long start(String purpose) {
    return chain(key, purpose);
  }

  public static long chain(long before, long value) {
    return Seed.mixed(Long.rotateLeft(before, 23) ^ Seed.mixed(value));
  }

  /** As {@link #chain(long, long)}, with a text and its length. */
  public static long chain(long before, String text) {
    long hash = before;
    int length = text.length();
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      hash =
          chain(
              hash,
              text.charAt(i)
                  | (long) text.charAt(i + 1) << 16
                  | (long) text.charAt(i + 2) << 32
                  | (long) text.charAt(i + 3) << 48);
    }
    for (; i < length; i++) {
      hash = chain(hash, text.charAt(i));
    }
    return chain(hash, length);
  }
}
