package dev.candor.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OneTokenEachTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 4096, 4097})
  void of_isOnes_andKnown(int events) {
    int[] ones = OneTokenEach.of(events);
    assertThat(ones).hasSize(events).containsOnly(events == 0 ? new int[0] : new int[] {1});
    assertThat(OneTokenEach.of(events)).isEqualTo(ones);
    assertThat(OneTokenEach.is(ones)).isTrue();
    assertThat(OneTokenEach.is(ones.clone())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void is_anythingElse_isNot(int other) {
    int[] tokens = OneTokenEach.of(9).clone();
    tokens[8] = other;
    assertThat(OneTokenEach.is(tokens)).isFalse();
  }
}
