package dev.candor.mock.answer;

import dev.candor.base.random.Seed;
import java.util.random.RandomGenerator;

/** Common words, one token each, always the same for the same seed. */
final class SeededWords implements AnswerText {
  private static final String[] WORDS =
      (" the and of to in is it that was for on are with as at be this have from or one had by but"
              + " not what all were we when your can said there use an each which she do how their"
              + " if will up other about out many then them these so some her would make like him"
              + " into time has look two more write go see number no way could people my than first"
              + " water been call who its now find long down day did get come made may part")
          .split("(?= )");

  private final RandomGenerator random;

  SeededWords(long seed) {
    this.random = new Seed(seed).stream();
  }

  @Override
  public String next() {
    return WORDS[random.nextInt(WORDS.length)];
  }
}
