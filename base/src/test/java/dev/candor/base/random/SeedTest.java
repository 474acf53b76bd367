package dev.candor.base.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SeedTest {

  @Test
  void derive_sameName_sameStream() {
    Seed seed = new Seed(42);
    assertThat(seed.derive("users").stream().nextLong())
        .isEqualTo(new Seed(42).derive("users").stream().nextLong())
        .isNotEqualTo(seed.derive("user").stream().nextLong());
  }

  @Test
  void derive_neighbouringIndices_areFarApart() {
    Set<Long> values = new HashSet<>();
    for (long i = -1000; i < 100_000; i++) {
      values.add(new Seed(7).derive(i).value());
    }
    assertThat(values).hasSize(101_000);
  }

  @Test
  void stream_looksUniform() {
    var random = new Seed(1).stream();
    double sum = 0;
    for (int i = 0; i < 100_000; i++) {
      sum += random.nextDouble();
    }
    assertThat(sum / 100_000).isBetween(0.495, 0.505);
  }
}
