package dev.candor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
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
