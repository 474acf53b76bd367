package dev.candor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import java.util.ArrayList;
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
  void allocate_givesTheLongestFree() {
    int first = pool.allocate();
    int second = pool.allocate();
    pool.release(second);
    pool.release(first);
    assertThat(pool.freeOrder()).containsExactly(2, 3, second, first);
    assertThat(pool.free()).isEqualTo(4);
  }

  @Test
  void hold_ofAFreeBlock_takesItOutOfTheOrder() {
    int block = pool.allocate();
    pool.publish(block, 77);
    pool.release(block);
    assertThat(pool.cached()).isEqualTo(1);
    pool.hold(pool.find(77));
    pool.hold(pool.find(77));
    assertThat(pool.references(block)).isEqualTo(2);
    assertThat(pool.freeOrder()).doesNotContain(block).hasSize(3);
    assertThat(pool.cached()).isZero();
    pool.release(block);
    assertThat(pool.free()).isEqualTo(3);
    pool.release(block);
    assertThat(pool.freeOrder()).endsWith(block).hasSize(4);
  }

  @Test
  void hash_isDroppedWhenTheBlockIsReusedAndNotBefore() {
    int block = pool.allocate();
    pool.publish(block, 77);
    pool.release(block);
    for (int i = 0; i < 3; i++) {
      pool.allocate();
    }
    assertThat(pool.find(77)).isEqualTo(block);
    assertThat(pool.evictions()).isZero();
    assertThat(pool.allocate()).isEqualTo(block);
    assertThat(pool.find(77)).isEqualTo(-1);
    assertThat(pool.evictions()).isEqualTo(1);
  }

  @Test
  void twins_areFoundOneAfterTheOther() {
    int[] twins = {pool.allocate(), pool.allocate(), pool.allocate()};
    for (int twin : twins) {
      pool.publish(twin, 77);
    }
    pool.allocate();
    pool.release(twins[1]);
    pool.allocate();
    assertThat(pool.find(77)).isEqualTo(twins[0]);
    pool.release(twins[0]);
    pool.allocate();
    assertThat(pool.find(77)).isEqualTo(twins[2]);
    pool.release(twins[2]);
    pool.allocate();
    assertThat(pool.find(77)).isEqualTo(-1);
    assertThat(pool.evictions()).isEqualTo(3);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void pool_behavesAsAListOfBlocks(long seed) {
    RandomGenerator random = new Seed(seed).stream();
    BlockPool tested = new BlockPool(12);
    PlainPool oracle = new PlainPool(12);
    for (int i = 0; i < 5_000; i++) {
      int block = random.nextInt(12);
      long hash = random.nextInt(6);
      switch (random.nextInt(4)) {
        case 0 -> {
          if (tested.free() > 0) {
            assertThat(tested.allocate()).isEqualTo(oracle.allocate());
          }
        }
        case 1 -> {
          if (oracle.references[block] > 0) {
            tested.release(block);
            oracle.release(block);
          }
        }
        case 2 -> {
          if (oracle.references[block] > 0 && oracle.hashes[block] == null) {
            tested.publish(block, hash);
            oracle.publish(block, hash);
          }
        }
        default -> {
          if (oracle.find(hash) >= 0) {
            tested.hold(tested.find(hash));
            oracle.hold(oracle.find(hash));
          }
        }
      }
      assertThat(tested.freeOrder()).as("step %d", i).containsExactly(oracle.freeOrder());
      assertThat(tested.find(hash)).as("step %d", i).isEqualTo(oracle.find(hash));
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

    int[] freeOrder() {
      return free.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  /** Few homes for many keys, so that they collide. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void hashIndex_behavesAsAMap(long seed) {
    RandomGenerator random = new Seed(seed).stream();
    HashIndex index = new HashIndex(64);
    Map<Long, Integer> oracle = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      long key = random.nextLong(120) - 5;
      if (random.nextBoolean() && oracle.size() < 64) {
        index.put(key, i);
        oracle.put(key, i);
      } else if (oracle.remove(key) != null) {
        index.remove(key);
      }
      assertThat(index.get(key)).as("step %d", i).isEqualTo(oracle.getOrDefault(key, -1));
    }
    oracle.forEach((key, block) -> assertThat(index.get(key)).isEqualTo(block));
    index.clear();
    oracle.keySet().forEach(key -> assertThat(index.get(key)).isEqualTo(-1));
  }
}
