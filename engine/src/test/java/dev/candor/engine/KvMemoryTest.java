package dev.candor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KvMemoryTest {
  private static final double GB = 1e9 / (1L << 30);

  private static final ModelShape LLAMA_70B =
      new ModelShape("Llama-3.1-70B", 141.1 * GB, 80, 8, 128, 2);

  @Test
  void blocks_ofA70bModelOnFourGpus_countThePoolOnce() {
    // 80 GiB a GPU and a utilization of 0.9 give 288 GiB. Weights: 70.55 billion BF16 parameters.
    KvMemory memory = new KvMemory(LLAMA_70B, new Gpu("H100", 4, 80, 0.9), 5.5, 4 * 0.6);
    assertThat(LLAMA_70B.kvBytesPerToken()).isEqualTo(327_680);
    assertThat(memory.blocks(16)).isBetween(30_300, 30_500);
  }

  @Test
  void blocks_ofAn8bModelOnOneGpu() {
    // (72 - 14.96 - 5.5 - 0.15) GiB in blocks of 2 MiB.
    ModelShape model = new ModelShape("Llama-3-8B", 16.06 * GB, 32, 8, 128, 2);
    KvMemory memory = new KvMemory(model, new Gpu("H100", 1, 80, 0.9), 5.5, 0.15);
    assertThat(model.kvBytesPerToken()).isEqualTo(131_072);
    assertThat(memory.blocks(16)).isBetween(26_300, 26_330);
    assertThat(memory.blocks(32)).isEqualTo(memory.blocks(16) / 2);
  }

  @Test
  void blocks_ofAModelThatDoesNotFit_areNone() {
    assertThat(new KvMemory(LLAMA_70B, new Gpu("H100", 1, 80, 0.9), 5.5, 0.15).blocks(16)).isZero();
  }
}
