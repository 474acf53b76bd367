package dev.candor.corpus.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.candor.corpus.shape.PrefixCeiling.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class PrefixCeilingTest {
  private static final Path TRACE =
      Path.of("..", "examples", "traces", "mooncake_conversation_200.jsonl");
  private static final double EXACT = 1e-12;

  private static double ceiling(Rule rule, List<RequestShape> requests) {
    PrefixCeiling ceiling = new PrefixCeiling(rule);
    requests.forEach(ceiling::add);
    assertThat(ceiling.exact()).isTrue();
    return ceiling.rate();
  }

  /**
   * By definition: every prefix that was there is remembered whole, the longest one is looked up.
   */
  private static double bruteForce(List<RequestShape> requests) {
    Set<List<Long>> prefixes = new HashSet<>();
    long hits = 0;
    for (RequestShape request : requests) {
      List<Long> blocks = boxed(request.blocks());
      int longest = blocks.size();
      while (longest > 0 && !prefixes.contains(blocks.subList(0, longest))) {
        longest--;
      }
      hits += Math.min(request.inputTokens(), (long) longest * request.blockTokens());
      for (int i = 1; i <= blocks.size(); i++) {
        prefixes.add(List.copyOf(blocks.subList(0, i)));
      }
    }
    return (double) hits / MadeUpPrompts.tokens(requests);
  }

  /** By vLLM's rule: whole blocks, and the last token is computed. */
  private static double bruteForceWholeBlocks(List<RequestShape> requests) {
    Set<List<Long>> prefixes = new HashSet<>();
    long hits = 0;
    for (RequestShape request : requests) {
      int size = request.blockTokens();
      List<Long> blocks = boxed(request.blocks()).subList(0, request.inputTokens() / size);
      int longest = (request.inputTokens() - 1) / size;
      while (longest > 0 && !prefixes.contains(blocks.subList(0, longest))) {
        longest--;
      }
      hits += (long) longest * size;
      for (int i = 1; i <= blocks.size(); i++) {
        prefixes.add(List.copyOf(blocks.subList(0, i)));
      }
    }
    return (double) hits / MadeUpPrompts.tokens(requests);
  }

  private static List<Long> boxed(long[] blocks) {
    List<Long> list = new ArrayList<>();
    for (long block : blocks) {
      list.add(block);
    }
    return list;
  }

  @Test
  void rate_handComputed_countsTheLastBlockAsFarAsItGoes() {
    List<RequestShape> requests =
        List.of(
            MadeUpPrompts.request(20, 0, 1, 2, 3),
            MadeUpPrompts.request(20, 0, 1, 2, 3),
            MadeUpPrompts.request(16, 0, 1, 2),
            MadeUpPrompts.request(24, 0, 1, 2, 4));
    assertThat(ceiling(Rule.EVERY_TOKEN, requests)).isEqualTo((20 + 16 + 16) / 80.0, within(EXACT));
    // The third would end with its second block, which is computed.
    assertThat(ceiling(Rule.WHOLE_BLOCKS, requests)).isEqualTo((16 + 8 + 16) / 80.0, within(EXACT));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void rate_madeUpPrompts_isThatOfBruteForce(long seed) {
    List<RequestShape> requests = MadeUpPrompts.of(seed, 300);
    assertThat(ceiling(Rule.EVERY_TOKEN, requests))
        .isEqualTo(bruteForce(requests), within(EXACT))
        .isGreaterThan(0.1);
    assertThat(ceiling(Rule.WHOLE_BLOCKS, requests))
        .isEqualTo(bruteForceWholeBlocks(requests), within(EXACT))
        .isGreaterThan(0.1);
  }

  @Test
  void rate_mooncakeExcerpt_isThatOfBruteForce() throws IOException {
    List<RequestShape> requests = new ArrayList<>();
    for (String line : Files.readAllLines(TRACE)) {
      JsonNode row = JsonMapper.shared().readTree(line);
      JsonNode ids = row.get("hash_ids");
      long[] blocks = IntStream.range(0, ids.size()).mapToLong(i -> ids.get(i).asLong()).toArray();
      int input = row.get("input_length").asInt();
      requests.add(new RequestShape(0, -1, -1, -1, input, 1, 512, blocks, -1));
    }
    // 322 blocks of 512, found by a script of a few lines in another language.
    assertThat(ceiling(Rule.EVERY_TOKEN, requests))
        .isEqualTo(bruteForce(requests), within(EXACT))
        .isEqualTo(164_864 / 2_782_179.0, within(EXACT));
    assertThat(ceiling(Rule.WHOLE_BLOCKS, requests))
        .isEqualTo(bruteForceWholeBlocks(requests), within(EXACT));
  }

  @Test
  void rate_idealTokensKnown_areTaken() {
    PrefixCeiling ceiling = new PrefixCeiling(Rule.EVERY_TOKEN);
    assertThat(ceiling.known()).isFalse();
    ceiling.add(RequestShape.withoutBlocks(0, -1, -1, -1, 100, 1, 0));
    ceiling.add(RequestShape.withoutBlocks(0, -1, -1, -1, 100, 1, 60));
    assertThat(ceiling.known()).isTrue();
    assertThat(ceiling.rate()).isEqualTo(0.3, within(EXACT));
  }

  @Test
  void rate_moreBlocksThanRoom_isEstimated() {
    SeenBlocks few = new SeenBlocks(1 << 12);
    PrefixCeiling ceiling = new PrefixCeiling(Rule.EVERY_TOKEN, few);
    for (long i = 0; i < 50_000; i++) {
      ceiling.add(MadeUpPrompts.request(16, 0, 0, 1 + i / 2));
    }
    assertThat(ceiling.exact()).isFalse();
    // The first block is seen once anew, of the second every other one.
    assertThat(ceiling.rate()).isEqualTo(0.75, within(0.02));
  }

  @Test
  void madeUpPrompts_haveSharedAndPartialBlocks() {
    Collection<RequestShape> requests = MadeUpPrompts.of(1, 300);
    assertThat(requests).anyMatch(each -> each.inputTokens() % MadeUpPrompts.BLOCK != 0);
    assertThat(requests).anyMatch(each -> each.inputTokens() % MadeUpPrompts.BLOCK == 0);
  }
}
