package dev.candor.load.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class TokenSharesTest {

  @Test
  void share_asManyEventsAsTokens_oneEach() {
    assertThat(TokenShares.share(3, new int[] {9, 1, 1})).containsExactly(1, 1, 1);
  }

  @Test
  void share_byBytes() {
    assertThat(TokenShares.share(6, new int[] {10, 20, 30})).containsExactly(1, 2, 3);
  }

  @Test
  void share_anything_keepsTheSum() {
    RandomGenerator random = new Seed(5).stream();
    for (int i = 0; i < 1000; i++) {
      int[] bytes = random.ints(1 + random.nextInt(50), 0, 200).toArray();
      int tokens = random.nextInt(500);
      int[] shares = TokenShares.share(tokens, bytes);
      assertThat(Arrays.stream(shares).sum()).isEqualTo(tokens);
      assertThat(Arrays.stream(shares).min().orElse(0)).isNotNegative();
    }
  }
}
