package dev.candor.engine.roofline;

import dev.candor.base.error.CandorException;

/**
 * How a model stands on GPUs.
 *
 * @param tensorParallel how many GPUs share it
 * @param batch requests in the steps for which the experts touched are calculated; of no effect
 *     where all layers are dense
 */
public record Placement(
    GpuSpec gpu, int tensorParallel, Precision weights, Precision kv, int batch) {
  /** Enough that a loaded engine's steps touch nearly all experts of the models here. */
  public static final int DEFAULT_BATCH = 32;

  /** On {@code gpus} of them, KV in BF16. */
  public static Placement of(GpuSpec gpu, int gpus, Precision weights) {
    return new Placement(gpu, gpus, weights, Precision.BF16, DEFAULT_BATCH);
  }

  public Placement {
    if (tensorParallel < 1) {
      throw CandorException.user("tp is %d, must be at least 1".formatted(tensorParallel));
    }
    if (batch < 1) {
      throw CandorException.user("batch is %d, must be at least 1".formatted(batch));
    }
    if (weights == Precision.FP8 && gpu.fp8Flops() == null) {
      throw CandorException.user(
          "%s has no FP8 units; take its weights in bf16".formatted(gpu.name()));
    }
  }

  Placement on(int gpus) {
    return new Placement(gpu, gpus, weights, kv, batch);
  }
}
