package dev.candor.load.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ProcessMemoryTest {
  @Test
  void now_afterACollection_tellsAll() {
    System.gc();
    ProcessMemory.Held held = new ProcessMemory().now();
    assertThat(held.heapUsed()).isPositive();
    assertThat(held.heapAfterGc()).isBetween(100_000L, Runtime.getRuntime().maxMemory());
    assertThat(held.threads()).isPositive();
    if (Files.exists(Path.of("/proc/self/status"))) {
      assertThat(held.resident()).isGreaterThan(held.heapAfterGc());
      assertThat(held.openFiles()).isPositive();
    }
  }

  @Test
  void now_heldMemory_isInWhatACollectionLeaves() {
    ProcessMemory memory = new ProcessMemory();
    System.gc();
    long before = Objects.requireNonNull(memory.now().heapAfterGc());
    byte[] held = new byte[64 << 20];
    System.gc();
    Long after = memory.now().heapAfterGc();
    assertThat(after).isGreaterThan(before + (48 << 20));
    assertThat(held).hasSize(64 << 20);
  }

  @Test
  void residentOf_statusOfAProcess_isInBytes() {
    assertThat(ProcessMemory.residentOf("Name:\tjava\nVmRSS:\t  2048 kB\nThreads:\t9\n"))
        .isEqualTo(2L << 20);
    assertThat(ProcessMemory.residentOf("Name:\tjava\n")).isNull();
    assertThat(ProcessMemory.residentOf("VmRSS:\n")).isNull();
  }
}
