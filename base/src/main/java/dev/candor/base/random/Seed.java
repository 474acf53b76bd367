package dev.candor.base.random;

import java.util.random.RandomGenerator;

/**
 * A point in the tree of random streams. A consumer derives its own seed by name or by index, so
 * that one consumer more changes no other's draws.
 *
 * @param value 64 bits, any of them
 */
public record Seed(long value) {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** The seed of the consumer {@code name}. */
  public Seed derive(String name) {
    long hash = value;
    for (int i = 0; i < name.length(); i++) {
      hash = mix(hash + GOLDEN_GAMMA + name.charAt(i));
    }
    return new Seed(mix(hash ^ name.length()));
  }

  /** The seed of the item {@code index}, a request or a user for instance. */
  public Seed derive(long index) {
    return new Seed(mix(mix(value + GOLDEN_GAMMA) + index * GOLDEN_GAMMA));
  }

  /** A new stream of numbers, the same for the same seed on every machine. */
  public RandomGenerator stream() {
    return new SplitMix64(value);
  }

  /** Spreads the bits of {@code value} over all 64. */
  public static long mixed(long value) {
    return mix(value + GOLDEN_GAMMA);
  }

  private static long mix(long z) {
    long first = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long second = (first ^ (first >>> 27)) * 0x94D049BB133111EBL;
    return second ^ (second >>> 31);
  }

  /** Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. */
  private static final class SplitMix64 implements RandomGenerator {
    private long state;

    SplitMix64(long state) {
      this.state = state;
    }

    @Override
    public long nextLong() {
      state += GOLDEN_GAMMA;
      return mix(state);
    }
  }
}
