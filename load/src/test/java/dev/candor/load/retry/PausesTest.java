package dev.candor.load.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import dev.candor.scenario.Retries.Backoff;
import dev.candor.scenario.Retries.Jitter;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PausesTest {
  private static final long MS = 1_000_000;
  private static final int DRAWS = 20_000;

  private static List<Long> draws(Jitter jitter, int retry, long before) {
    Backoff backoff = new Backoff.Exponential(100 * MS, 2, 1000 * MS, jitter);
    RandomGenerator random = new Seed(11).stream();
    List<Long> draws = new ArrayList<>();
    for (int i = 0; i < DRAWS; i++) {
      draws.add(Pauses.of(backoff, retry, before, random));
    }
    return draws;
  }

  /**
   * That they fill [low, high] evenly: both ends are nearly reached, and the mean is the middle.
   */
  private static void assertUniform(List<Long> draws, long low, long high) {
    assertThat(draws).allMatch(pause -> pause >= low && pause <= high);
    long margin = (high - low) / 100;
    assertThat(draws).anyMatch(pause -> pause < low + margin);
    assertThat(draws).anyMatch(pause -> pause > high - margin);
    double mean = draws.stream().mapToLong(pause -> pause).average().orElseThrow();
    // Four standard errors of a uniform mean.
    assertThat(Math.abs(mean - (low + high) / 2.0))
        .isLessThan(4 * (high - low) / Math.sqrt(12.0 * DRAWS));
  }

  @Test
  void of_immediateAndFixed_areTheSameEachTime() {
    RandomGenerator random = new Seed(1).stream();
    assertThat(Pauses.of(new Backoff.Immediate(), 3, 7, random)).isZero();
    assertThat(Pauses.of(new Backoff.Fixed(5 * MS), 3, 7, random)).isEqualTo(5 * MS);
  }

  @Test
  void of_withoutJitter_doublesUpToTheLongest() {
    List<Long> pauses = new ArrayList<>();
    for (int retry = 1; retry <= 6; retry++) {
      pauses.add(draws(new Jitter.None(), retry, 0).getFirst());
    }
    assertThat(pauses)
        .containsExactly(100 * MS, 200 * MS, 400 * MS, 800 * MS, 1000 * MS, 1000 * MS);
  }

  @Test
  void of_fullJitter_isFromNothingToThePause() {
    assertUniform(draws(new Jitter.Full(), 3, 0), 0, 400 * MS);
  }

  @Test
  void of_equalJitter_isFromHalfOfThePause() {
    assertUniform(draws(new Jitter.Equal(), 3, 0), 200 * MS, 400 * MS);
  }

  @Test
  void of_decorrelatedJitter_isFromTheBaseToThreeTimesTheLast() {
    assertUniform(draws(new Jitter.Decorrelated(), 2, 150 * MS), 100 * MS, 450 * MS);
    assertUniform(draws(new Jitter.Decorrelated(), 1, 0), 100 * MS, 300 * MS);
    assertThat(draws(new Jitter.Decorrelated(), 9, 900 * MS))
        .contains(1000 * MS)
        .allMatch(pause -> pause <= 1000 * MS);
  }

  @Test
  void of_aShareLess_isFromThatBelowThePause() {
    assertUniform(draws(new Jitter.Less(0.25), 3, 0), 300 * MS, 400 * MS);
  }

  @Test
  void of_anAmountMore_isUpToThatAboveThePause() {
    assertUniform(draws(new Jitter.More(50 * MS), 3, 0), 400 * MS, 450 * MS);
  }
}
