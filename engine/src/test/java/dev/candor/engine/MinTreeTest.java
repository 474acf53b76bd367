package dev.candor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MinTreeTest {

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void tree_isAnArrayThatIsSearched(long seed) {
    RandomGenerator random = new Seed(seed).derive("tree").stream();
    int size = 1 + (int) seed;
    long[] values = new long[size];
    Arrays.fill(values, Long.MAX_VALUE);
    MinTree tree = new MinTree(size);
    for (int i = 0; i < 300; i++) {
      int index = random.nextInt(size);
      values[index] = random.nextInt(4) == 0 ? Long.MAX_VALUE : random.nextInt(10);
      tree.set(index, values[index]);
      assertThat(tree.key(index)).isEqualTo(values[index]);
      assertThat(tree.min()).isEqualTo(Arrays.stream(values).min().orElseThrow());
      int from = random.nextInt(size);
      long bound = random.nextInt(10);
      assertThat(tree.firstAtMost(from, bound)).isEqualTo(searched(values, from, bound));
    }
  }

  private static int searched(long[] values, int from, long bound) {
    for (int i = 0; i < values.length; i++) {
      int at = (from + i) % values.length;
      if (values[at] <= bound) {
        return at;
      }
    }
    return -1;
  }
}
