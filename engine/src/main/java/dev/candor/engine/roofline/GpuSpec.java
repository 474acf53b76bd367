package dev.candor.engine.roofline;

import org.jspecify.annotations.Nullable;

/**
 * An accelerator by its data sheet.
 *
 * @param key its name in profiles' names
 * @param bytesPerSecond of its memory, peak
 * @param bf16Flops dense matrix products in BF16, FLOP/s, peak
 * @param fp8Flops the same in FP8; null: it has no FP8 units
 * @param linkBytesPerSecond to other GPUs, all of its links, one way, peak
 * @param allreduceNanos of a small all-reduce, beyond its bytes
 * @param flopsShare of the peak that matrix products reach; null: the calibrated one
 * @param source the data sheet's address
 */
public record GpuSpec(
    String key,
    String name,
    double memoryGib,
    double bytesPerSecond,
    double bf16Flops,
    @Nullable Double fp8Flops,
    double linkBytesPerSecond,
    double allreduceNanos,
    @Nullable Double flopsShare,
    String source) {

  private static final double LARGE_GIB = 70;

  /**
   * Whether vLLM takes its larger defaults here: {@code EngineArgs.get_batch_defaults} asks for 70
   * GiB and makes an exception of the A100.
   */
  boolean large() {
    return memoryGib >= LARGE_GIB && !key.startsWith("a100");
  }
}
