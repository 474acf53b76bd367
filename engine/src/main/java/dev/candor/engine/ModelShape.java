package dev.candor.engine;

/**
 * What of a model sets the size of its KV cache.
 *
 * @param weightsGib all weights, on all GPUs together
 * @param layers those with attention
 * @param kvHeads key-value heads of a layer, of the whole model
 * @param headDim elements of a head
 * @param kvBytes bytes of an element in the cache: 2 for BF16, 1 for FP8
 */
public record ModelShape(
    String name, double weightsGib, int layers, int kvHeads, int headDim, int kvBytes) {

  /** Bytes of one token's keys and values, on all GPUs together. */
  public long kvBytesPerToken() {
    return 2L * layers * kvHeads * headDim * kvBytes;
  }
}
