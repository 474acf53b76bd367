package dev.candor.mock.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlockHashesTest {

  private static BlockHashes chain(int blockSize, int... tokens) {
    BlockHashes chain = new BlockHashes(blockSize);
    chain.speaker("user");
    chain.add(tokens);
    return chain;
  }

  private static int[] tokens(long seed, int count) {
    return new Seed(seed).stream().ints(count).toArray();
  }

  /** Equal as long as all before is equal, and at no block after. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16, 128})
  void hashes_afterOneOtherToken_differFromItsBlockOn(int blockSize) {
    int[] tokens = tokens(blockSize, 700);
    long[] hashes = chain(blockSize, tokens).hashes();
    assertThat(hashes).hasSize(700 / blockSize).doesNotHaveDuplicates();
    for (int changed : new int[] {0, 1, 127, 128, 350, 699}) {
      int[] others = tokens.clone();
      others[changed]++;
      long[] otherHashes = chain(blockSize, others).hashes();
      for (int block = 0; block < hashes.length; block++) {
        assertThat(otherHashes[block] == hashes[block])
            .as("token %d changed, block %d of %d", changed, block, blockSize)
            .isEqualTo((block + 1) * blockSize <= changed);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void hashes_ofALongerPrompt_beginWithThoseOfTheShorter(long seed) {
    int[] tokens = tokens(seed, 300);
    long[] all = chain(16, tokens).hashes();
    IntStream.of(0, 15, 16, 17, 160, 299)
        .forEach(
            length ->
                assertThat(chain(16, Arrays.copyOf(tokens, length)).hashes())
                    .as("seed %d, %d tokens", seed, length)
                    .containsExactly(Arrays.copyOf(all, length / 16)));
  }

  @Test
  void hashes_equalTokensOfALaterBlock_areOtherBlocks() {
    assertThat(chain(2, 7, 7, 7, 7, 7, 7).hashes()).doesNotHaveDuplicates();
  }

  @Test
  void speaker_another_isAnotherPrefix() {
    BlockHashes system = new BlockHashes(2);
    system.speaker("system");
    system.add(new int[] {1, 2, 3, 4});
    assertThat(system.hashes()).doesNotContain(chain(2, 1, 2, 3, 4).hashes());
    // Where one stops and another begins counts too.
    BlockHashes one = chain(2, 1, 2);
    one.speaker("assistant");
    one.add(new int[] {3, 4});
    BlockHashes other = chain(2, 1, 2, 3);
    other.speaker("assistant");
    other.add(4);
    assertThat(one.hashes()[0]).isEqualTo(other.hashes()[0]);
    assertThat(one.hashes()[1])
        .isNotEqualTo(other.hashes()[1])
        .isNotEqualTo(chain(2, 1, 2, 3, 4).hashes()[1]);
  }

  @Test
  void blockSizeOfZero_countsOnly() {
    BlockHashes chain = chain(0, 1, 2, 3);
    assertThat(chain.tokens()).isEqualTo(3);
    assertThat(chain.hashes()).isEmpty();
  }
}
