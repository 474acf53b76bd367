package dev.candor.corpus.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.random.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BalanceTest {

  /** Three requests a session, one session a unit. */
  private static Units units(int[] values) {
    int sessions = values.length / 3;
    return new Units(
        IntStream.range(0, sessions).toArray(),
        IntStream.rangeClosed(0, sessions).toArray(),
        IntStream.rangeClosed(0, sessions).map(i -> 3 * i).toArray(),
        values,
        values,
        values);
  }

  @Test
  void costOf_randomExchanges_addUpAlongAnyWay() {
    RandomGenerator random = new Seed(3).stream();
    int[] values = random.ints(90, 0, 40).toArray();
    Balance balance = new Balance(units(values), values, 30, 30);
    for (int unit = 0; unit < 10; unit++) {
      balance.add(unit);
    }
    // From 0 to 20 at once, and by way of 25: the sum of squares is a function of the sample.
    double direct = balance.costOf(0, 20);
    double first = balance.costOf(0, 25);
    balance.remove(0);
    balance.add(25);
    double second = balance.costOf(25, 20);
    assertThat(first + second).isEqualTo(direct, within(1e-6));
    assertThat(balance.costOf(25, 25)).isZero();
    assertThat(Arrays.stream(new double[] {direct, first, second})).anyMatch(cost -> cost != 0);
  }

  @Test
  void costOf_exchangeThatEvensOut_isBelowZero() {
    int[] values = IntStream.range(0, 30).toArray();
    Balance balance = new Balance(units(values), values, 9, 9);
    // The three lowest units; one of them for the highest brings the sample closer.
    balance.add(0);
    balance.add(1);
    balance.add(2);
    assertThat(balance.costOf(1, 9)).isNegative();
    assertThat(balance.costOf(2, 3)).isGreaterThan(balance.costOf(1, 9));
  }
}
