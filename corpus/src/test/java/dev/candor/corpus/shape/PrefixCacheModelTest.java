package dev.candor.corpus.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrefixCacheModelTest {
  private static final int BLOCK = MadeUpPrompts.BLOCK;
  private static final double EXACT = 1e-12;

  private static double rate(PrefixCacheModel model, List<RequestShape> requests) {
    requests.forEach(model::add);
    return model.hitRate();
  }

  /** The same by a list of blocks, the longest unused one first. */
  private static double naive(int capacityBlocks, List<RequestShape> requests) {
    List<Long> list = new ArrayList<>();
    long answers = -1;
    long hits = 0;
    for (RequestShape request : requests) {
      int needed = Math.ceilDiv(request.inputTokens() + request.outputTokens(), BLOCK);
      if (needed > capacityBlocks) {
        continue;
      }
      long[] whole = MadeUpPrompts.whole(request);
      int found = 0;
      while (found < (request.inputTokens() - 1) / BLOCK && list.contains(whole[found])) {
        found++;
      }
      hits += (long) found * BLOCK;
      List<Long> all = new ArrayList<>();
      for (long block : whole) {
        all.add(block);
      }
      while (all.size() < needed) {
        all.add(answers--);
      }
      list.removeAll(all);
      list.addAll(all.reversed());
      while (list.size() > capacityBlocks) {
        list.removeFirst();
      }
    }
    return (double) hits / MadeUpPrompts.tokens(requests);
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "2, 10", "3, 25", "4, 60", "5, 200", "6, 12", "7, 40"})
  void hitRate_smallCache_isThatOfAList(long seed, int capacityBlocks) {
    List<RequestShape> requests = MadeUpPrompts.of(seed, 300);
    PrefixCacheModel model = new PrefixCacheModel((long) capacityBlocks * BLOCK, BLOCK);
    assertThat(rate(model, requests)).isEqualTo(naive(capacityBlocks, requests), within(EXACT));
  }

  @Test
  void hitRate_roomForAll_isTheCeilingOfWholeBlocks() {
    List<RequestShape> requests = MadeUpPrompts.of(3, 300);
    PrefixCeiling ceiling = new PrefixCeiling(PrefixCeiling.Rule.WHOLE_BLOCKS);
    requests.forEach(ceiling::add);
    PrefixCacheModel model = new PrefixCacheModel(1_000_000, BLOCK);
    assertThat(rate(model, requests)).isEqualTo(ceiling.rate(), within(EXACT));
    assertThat(model.tooLong()).isZero();
  }

  @Test
  void hitRate_smallerBlocks_findMoreOfTheLastOne() {
    List<RequestShape> requests =
        List.of(MadeUpPrompts.request(15, 1, 1, 2), MadeUpPrompts.request(15, 1, 1, 2));
    assertThat(rate(new PrefixCacheModel(1000, 8), requests)).isEqualTo(8 / 30.0, within(EXACT));
    assertThat(rate(new PrefixCacheModel(1000, 4), requests)).isEqualTo(12 / 30.0, within(EXACT));
    assertThat(rate(new PrefixCacheModel(1000, 2), requests)).isEqualTo(14 / 30.0, within(EXACT));
    assertThat(rate(new PrefixCacheModel(1000, 3), requests)).isZero();
  }

  @Test
  void tooLong_countsWhatTheCacheCouldNeverHold() {
    PrefixCacheModel model = new PrefixCacheModel(16, BLOCK);
    model.add(MadeUpPrompts.request(16, 1, 1, 2));
    model.add(MadeUpPrompts.request(15, 1, 1, 2));
    assertThat(model.tooLong()).isEqualTo(1);
  }
}
