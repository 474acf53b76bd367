package dev.candor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlockPoolTest {
  private final BlockPool pool = new BlockPool(4);

  @Test
  void take_givesTheLongestFree() {
    int first = taken(1);
    int second = taken(2);
    pool.release(second);
    pool.release(first);
    assertThat(pool.freeOrder()).containsExactly(null, null, 2L, 1L);
    assertThat(pool.free()).isEqualTo(4);
  }

  @Test
  void hold_ofAFreeBlock_takesItOutOfTheOrder() {
    int block = taken(77);
    pool.release(block);
    pool.giveBack(0);
    assertThat(pool.cached()).isEqualTo(1);
    pool.hold(pool.find(77));
    pool.hold(pool.find(77));
    assertThat(pool.references(block)).isEqualTo(2);
    assertThat(pool.freeOrder()).containsExactly(null, null, null);
    assertThat(pool.cached()).isZero();
    pool.release(block);
    assertThat(pool.free()).isEqualTo(3);
    pool.release(block);
    assertThat(pool.freeOrder()).containsExactly(null, null, null, 77L);
  }

  @Test
  void hash_isDroppedWhenTheBlockIsReusedAndNotBefore() {
    int block = taken(77);
    pool.release(block);
    pool.take(3);
    assertThat(pool.find(77)).isEqualTo(block);
    assertThat(pool.evictions()).isZero();
    pool.take(1);
    assertThat(pool.find(77)).isZero();
    assertThat(pool.evictions()).isEqualTo(1);
  }

  @Test
  void twins_areFoundOneAfterTheOther() {
    int[] twins = {taken(77), taken(77), taken(77)};
    pool.take(1);
    pool.release(twins[1]);
    pool.take(1);
    assertThat(pool.find(77)).isEqualTo(twins[0]);
    pool.release(twins[0]);
    pool.take(1);
    assertThat(pool.find(77)).isEqualTo(twins[2]);
    pool.release(twins[2]);
    pool.take(1);
    assertThat(pool.find(77)).isZero();
    assertThat(pool.evictions()).isEqualTo(3);
  }

  private int taken(long hash) {
    pool.take(1);
    return pool.publish(hash);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void pool_behavesAsAListOfBlocks(long seed) {
    RandomGenerator random = new Seed(seed).stream();
    BlockPool tested = new BlockPool(24);
    PlainPool oracle = new PlainPool(24);
    Map<Integer, Integer> entries = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      int block = random.nextInt(24);
      long hash = random.nextInt(12);
      switch (random.nextInt(8)) {
        case 0, 1 -> {
          int count = random.nextInt(4);
          if (tested.free() >= count) {
            tested.take(count);
            for (int j = 0; j < count; j++) {
              oracle.allocate();
            }
          }
        }
        case 2, 3 -> {
          if (oracle.references[block] > 0) {
            if (oracle.hashes[block] == null) {
              tested.giveBack(1);
            } else {
              tested.release(entries.getOrDefault(block, -1));
            }
            oracle.release(block);
          }
        }
        case 4, 5 -> {
          if (oracle.references[block] > 0 && oracle.hashes[block] == null) {
            entries.put(block, tested.publish(hash));
            oracle.publish(block, hash);
          }
        }
        case 6 -> {
          if (random.nextInt(50) == 0 && tested.free() == tested.total()) {
            tested.clear();
            oracle.clear();
          }
        }
        default -> {
          if (oracle.find(hash) >= 0) {
            tested.hold(tested.find(hash));
            oracle.hold(oracle.find(hash));
          }
        }
      }
      assertThat(tested.freeOrder()).as("step %d", i).isEqualTo(oracle.freeOrder());
      int found = oracle.find(hash);
      assertThat(tested.find(hash))
          .as("step %d", i)
          .isEqualTo(found < 0 ? 0 : entries.getOrDefault(found, -1));
      assertThat(tested.cached()).as("step %d", i).isEqualTo(oracle.cached());
      assertThat(tested.evictions()).isEqualTo(oracle.evictions);
    }
  }

  /** The same by plain means: one list of the free, one of the hashed, each in order. */
  private static final class PlainPool {
    final int[] references;
    final @Nullable Long[] hashes;
    private final List<Integer> free = new ArrayList<>();
    private final List<Integer> published = new ArrayList<>();
    long evictions;

    PlainPool(int blocks) {
      references = new int[blocks];
      hashes = new Long[blocks];
      for (int i = 0; i < blocks; i++) {
        free.add(i);
      }
    }

    int allocate() {
      int block = free.removeFirst();
      if (published.removeIf(other -> other == block)) {
        evictions++;
        hashes[block] = null;
      }
      references[block] = 1;
      return block;
    }

    void hold(int block) {
      references[block]++;
      free.removeIf(other -> other == block);
    }

    void release(int block) {
      if (--references[block] == 0) {
        free.add(block);
      }
    }

    void publish(int block, long hash) {
      hashes[block] = hash;
      published.add(block);
    }

    int find(long hash) {
      return published.stream()
          .filter(block -> Objects.equals(hashes[block], hash))
          .findFirst()
          .orElse(-1);
    }

    int cached() {
      return (int) free.stream().filter(published::contains).count();
    }

    void clear() {
      published.clear();
      Arrays.fill(hashes, null);
    }

    List<@Nullable Long> freeOrder() {
      List<@Nullable Long> order = new ArrayList<>();
      free.forEach(block -> order.add(hashes[block]));
      return order;
    }
  }

  /** Few homes for many keys, so that they collide. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void idMap_behavesAsAMap(long seed) {
    RandomGenerator random = new Seed(seed).stream();
    IdMap<Integer> map = new IdMap<>();
    Map<Long, Integer> oracle = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      long key = random.nextLong(120) - 5;
      if (random.nextBoolean() && oracle.size() < 64) {
        map.put(key, i);
        oracle.put(key, i);
      } else {
        assertThat(map.remove(key)).isEqualTo(oracle.remove(key));
      }
      assertThat(map.get(key)).as("step %d", i).isEqualTo(oracle.get(key));
      assertThat(map.size()).isEqualTo(oracle.size());
    }
    oracle.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
  }
}
