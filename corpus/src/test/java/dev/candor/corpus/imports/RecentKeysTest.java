package dev.candor.corpus.imports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RecentKeysTest {

  @Test
  void find_keysPutOrFoundLast_areKnown_olderOnesForgotten() {
    RecentKeys keys = new RecentKeys(1000);
    for (long i = 0; i < 10_000; i++) {
      keys.put(i * i, i, -i);
      assertThat(keys.find(25)).isEqualTo(i >= 5);
    }
    for (long i = 9_000; i < 10_000; i++) {
      assertThat(keys.find(i * i)).isTrue();
      assertThat(keys.first()).isEqualTo(i);
      assertThat(keys.second()).isEqualTo(-i);
    }
    assertThat(keys.find(25)).isTrue();
    assertThat(keys.first()).isEqualTo(5);
    assertThat(keys.find(36)).isFalse();
    keys.clear();
    assertThat(keys.find(25)).isFalse();
  }
}
