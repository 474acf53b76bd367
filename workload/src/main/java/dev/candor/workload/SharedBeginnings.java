package dev.candor.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which beginnings prompts share, found by the ids of their blocks. */
final class SharedBeginnings {
  private SharedBeginnings() {}

  /**
   * A prompt's beginning.
   *
   * @param blocks ids of whole blocks of {@code blockTokens} tokens; equal ids are equal beginnings
   */
  record Beginning(int blockTokens, long[] blocks) {

    /** Of a prompt of {@code inputTokens}, the blocks that are whole. */
    static Beginning whole(int inputTokens, int blockTokens, long[] blocks) {
      int whole = Math.min(blocks.length, inputTokens / blockTokens);
      return new Beginning(blockTokens, Arrays.copyOf(blocks, whole));
    }

    int tokens() {
      return blocks.length * blockTokens;
    }

    private long last() {
      return blocks[blocks.length - 1];
    }
  }

  /**
   * The longest beginnings that prompts share, those that most of them share first.
   *
   * @param prompts what each of them begins with
   */
  static List<Beginning> of(List<Beginning> prompts) {
    Map<Long, Integer> uses = new HashMap<>();
    for (Beginning prompt : prompts) {
      for (long block : prompt.blocks()) {
        uses.merge(block, 1, Integer::sum);
      }
    }
    Map<Long, Beginning> ends = new LinkedHashMap<>();
    Set<Long> inside = new HashSet<>();
    for (Beginning prompt : prompts) {
      long[] blocks = prompt.blocks();
      int depth = 0;
      while (depth < blocks.length && uses.getOrDefault(blocks[depth], 0) > 1) {
        depth++;
      }
      for (int i = 0; i + 1 < depth; i++) {
        inside.add(blocks[i]);
      }
      if (depth > 0) {
        ends.put(
            blocks[depth - 1], new Beginning(prompt.blockTokens(), Arrays.copyOf(blocks, depth)));
      }
    }
    ends.keySet().removeAll(inside);
    List<Beginning> shared = new ArrayList<>(ends.values());
    shared.sort(Comparator.comparingInt(each -> -uses.getOrDefault(each.last(), 0)));
    return shared;
  }
}
