package dev.candor.mock.prompt;

import dev.candor.base.random.Seed;
import java.util.Arrays;

/**
 * The chain of hashes over blocks of tokens, by which an engine finds a cached prefix: a block's
 * hash covers all tokens up to its end, so that equal hashes mean equal beginnings. <b>For one
 * thread.</b>
 */
public final class BlockHashes {
  private final int blockSize;
  private long chain = 1;
  private long speaker;
  private int tokens;
  private int blocks;
  private long[] hashes = new long[16];

  /**
   * @param blockSize tokens in a block; 0: tokens are counted and not hashed
   */
  public BlockHashes(int blockSize) {
    this.blockSize = blockSize;
  }

  /** Who says the tokens that follow: the same words of another are another prefix. */
  public void speaker(String role) {
    speaker = Seed.mixed(role.hashCode());
  }

  public void add(int token) {
    tokens++;
    if (blockSize == 0) {
      return;
    }
    // The speaker counts where it changes, as the marks of a chat template would.
    chain = Seed.mixed(chain * 31 + token + speaker);
    speaker = 0;
    if (tokens % blockSize == 0) {
      if (blocks == hashes.length) {
        hashes = Arrays.copyOf(hashes, blocks * 2);
      }
      hashes[blocks++] = chain;
    }
  }

  public void add(int[] ids) {
    for (int id : ids) {
      add(id);
    }
  }

  /** Tokens so far. */
  public int tokens() {
    return tokens;
  }

  /** The hash of every full block so far. */
  public long[] hashes() {
    return Arrays.copyOf(hashes, blocks);
  }
}
