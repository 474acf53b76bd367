package dev.candor.workload;

import dev.candor.base.random.Seed;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Words of texts, each of which begins with its number, spelled, and so like no other. */
final class SpelledWords {
  /*
   * A word is a digit; the lowest comes first, and then every digit up to DIGITS, so that no text
   * ends where another goes on. Numbers are shifted by an amount that the seed says. Two numbers
   * below base^4 (10^10 of 400 words) differ in their first four words. The base is prime: numbers
   * a power of two apart, as neighbours are, differ in the first word already.
   */
  private static final int DIGITS = 6;

  private final List<String> words;
  private final Seed seed;
  private final int base;
  private final long all;
  private final long shift;

  /**
   * @param words as {@link GeneratedText#words}
   */
  SpelledWords(List<String> words, Seed seed) {
    this.words = words;
    this.seed = seed.derive("texts");
    int largest = words.size();
    while (!prime(largest)) {
      largest--;
    }
    this.base = largest;
    this.all = Math.powExact((long) base, DIGITS);
    this.shift = Math.floorMod(seed.derive("spelling").value(), all);
  }

  /** The words of the text {@code number}, without an end. For one thread. */
  Supplier<String> of(long number) {
    RandomGenerator random = seed.derive(number).stream();
    return new Supplier<>() {
      private long rest = (Math.floorMod(number, all) + shift) % all;
      private int spelled;

      @Override
      public String get() {
        if (spelled++ >= DIGITS) {
          return words.get(random.nextInt(words.size()));
        }
        String word = words.get((int) (rest % base));
        rest /= base;
        return word;
      }
    };
  }

  private static boolean prime(int number) {
    for (int divisor = 2; divisor * divisor <= number; divisor++) {
      if (number % divisor == 0) {
        return false;
      }
    }
    return number > 1;
  }
}
