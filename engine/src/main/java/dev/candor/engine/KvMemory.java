package dev.candor.engine;

/**
 * How many KV blocks fit beside a model:
 *
 * <pre>{@code
 * (memory · utilization · GPUs − weights − activations − other)
 *     / (2 · layers · kvHeads · headDim · kvBytes · blockSize)
 * }</pre>
 *
 * Both sides are of all GPUs together. Tensor parallelism splits the key-value heads over the GPUs,
 * so the pool of all of them may only be divided by the bytes of the whole model's block; divided
 * by one GPU's share it comes out too large by the number of GPUs.
 *
 * <p>vLLM measures activations in a trial run, and they change from version to version: llm-d's
 * capacity planner (github.com/llm-d-incubation/llm-d-planner) found 5.5 GiB for dense models at
 * first, and 2 GiB with vLLM 0.19. The profiles take its first figures: 5.5 GiB once, and 0.15 GiB
 * (one GPU) or 0.6 GiB a GPU (several) for what is not PyTorch's.
 *
 * @param activationsGib peak of a step's intermediate results, on all GPUs together
 * @param otherGib what is neither weights nor activations nor cache, on all GPUs together
 */
public record KvMemory(ModelShape model, Gpu gpu, double activationsGib, double otherGib) {
  private static final double BYTES_PER_GIB = 1L << 30;

  /** Whole blocks of {@code blockSize} tokens, 0 where the rest leaves no room. */
  public int blocks(int blockSize) {
    double freeGib =
        gpu.memoryGib() * gpu.utilization() * gpu.count()
            - model.weightsGib()
            - activationsGib
            - otherGib;
    double bytesPerBlock = (double) model.kvBytesPerToken() * blockSize;
    return (int) Math.max(0, Math.floor(freeGib * BYTES_PER_GIB / bytesPerBlock));
  }
}
