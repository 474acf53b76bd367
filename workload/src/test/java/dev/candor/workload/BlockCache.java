package dev.candor.workload;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a prefix cache without bounds finds: whole blocks of tokens, each known by the ones before
 * it, and never a prompt's last token.
 */
final class BlockCache {
  private final int blockTokens;
  private final Map<Link, Integer> blocks = new HashMap<>();

  BlockCache(int blockTokens) {
    this.blockTokens = blockTokens;
  }

  private record Link(int before, List<Integer> tokens) {}

  /** Tokens of {@code prompt} that are found, once it has been put behind all that came before. */
  int find(Prompt prompt) {
    return find(
        prompt.messages().stream()
            .flatMapToInt(each -> Arrays.stream(Mixes.TOKENIZER.encode(each.content())))
            .toArray());
  }

  private int find(int[] tokens) {
    int found = 0;
    int before = -1;
    boolean same = true;
    for (int end = blockTokens; end <= tokens.length; end += blockTokens) {
      List<Integer> block =
          IntStream.range(end - blockTokens, end).mapToObj(i -> tokens[i]).toList();
      int next = blocks.size();
      Integer known = blocks.putIfAbsent(new Link(before, block), next);
      same = same && known != null;
      found += same && end < tokens.length ? blockTokens : 0;
      before = known == null ? next : known;
    }
    return found;
  }
}
