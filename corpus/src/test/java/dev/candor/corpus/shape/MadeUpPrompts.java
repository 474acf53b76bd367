package dev.candor.corpus.shape;

import dev.candor.base.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Prompts that branch off each other at random, with the ids of their blocks. */
final class MadeUpPrompts {
  static final int BLOCK = 8;

  private MadeUpPrompts() {}

  static RequestShape request(int inputTokens, int outputTokens, long... blocks) {
    return new RequestShape(0, -1, -1, -1, inputTokens, outputTokens, BLOCK, blocks, -1);
  }

  static List<RequestShape> of(long seed, int count) {
    RandomGenerator random = new Seed(seed).stream();
    List<RequestShape> prompts = new ArrayList<>();
    long next = 1;
    for (int i = 0; i < count; i++) {
      int length = 1 + random.nextInt(6 * BLOCK);
      long[] blocks = new long[(length + BLOCK - 1) / BLOCK];
      int shared = 0;
      if (i > 0 && random.nextInt(3) > 0) {
        RequestShape before = prompts.get(random.nextInt(i));
        // A partial block is the same only where both prompts end in it alike.
        boolean again = random.nextInt(4) == 0;
        if (again) {
          length = before.inputTokens();
          blocks = new long[before.blocks().length];
        }
        int most = again ? blocks.length : Math.min(before.inputTokens(), length) / BLOCK;
        shared = random.nextInt(most + 1);
        System.arraycopy(before.blocks(), 0, blocks, 0, shared);
      }
      for (int b = shared; b < blocks.length; b++) {
        blocks[b] = next++;
      }
      prompts.add(request(length, random.nextInt(2 * BLOCK), blocks));
    }
    return prompts;
  }

  static long tokens(List<RequestShape> prompts) {
    return prompts.stream().mapToLong(RequestShape::inputTokens).sum();
  }

  /** Leading whole blocks. */
  static long[] whole(RequestShape prompt) {
    return Arrays.copyOf(prompt.blocks(), prompt.inputTokens() / BLOCK);
  }
}
