package dev.candor.base.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class HolmTest {
  /** By hand: 4·0.005, 3·0.011, then 2·0.02, which is more than 1·0.04 or as much. */
  @Test
  void adjusted_isByRank_andNeverFalls() {
    double[] adjusted = Holm.adjusted(new double[] {0.04, 0.005, 0.02, 0.011});
    assertThat(adjusted).containsExactly(new double[] {0.04, 0.02, 0.04, 0.033}, within(1e-12));
    assertThat(Holm.adjusted(new double[] {0.01, 0.009})).containsExactly(0.018, 0.018);
  }

  @Test
  void adjusted_isAtMost1() {
    assertThat(Holm.adjusted(new double[] {0.9, 0.8, 0.7})).containsExactly(1, 1, 1);
    assertThat(Holm.adjusted(new double[0])).isEmpty();
  }
}
