package dev.candor.engine.roofline;

/**
 * What of a data sheet's peaks an engine reaches, and what it spends besides. Calibrated on vLLM on
 * the H100; docs/profiles.md says on which measurements, and how far others are from what comes
 * out.
 *
 * @param bandwidthShare of the memory's peak while weights are read
 * @param layerNanos a step's time in each layer that goes to neither memory nor arithmetic:
 *     launches, norms, activations
 * @param baseShare base as a share of floor
 * @param bf16Share of the peak that matrix products in BF16 reach
 * @param fp8Share the same in FP8
 * @param attentionShare of the BF16 peak that attention over prompts reaches
 * @param kvBandwidthShare of the memory's peak while KV is read
 * @param linkShare of the links' peak in large all-reduces
 * @param jitter as in a profile
 * @param requestOverheadNanos as in a profile
 * @param utilization of the memory, vLLM's default
 * @param activationsGib of a step's intermediate results
 */
public record Efficiencies(
    double bandwidthShare,
    double layerNanos,
    double baseShare,
    double bf16Share,
    double fp8Share,
    double attentionShare,
    double kvBandwidthShare,
    double linkShare,
    double jitter,
    long requestOverheadNanos,
    double utilization,
    double activationsGib) {

  /** Those of all estimates. */
  public static final Efficiencies CALIBRATED =
      new Efficiencies(0.9, 65_000, 0.86, 0.64, 0.5, 0.4, 0.8, 0.6, 0.02, 18_600_000L, 0.9, 2);

  /**
   * Memory that is neither weights nor activations nor KV, on {@code gpus} together; see KvMemory.
   */
  double otherGib(int gpus) {
    return gpus == 1 ? 0.15 : 0.6 * gpus;
  }

  double flopsPerSecond(GpuSpec gpu, Precision weights) {
    Double fp8 = gpu.fp8Flops();
    if (weights == Precision.FP8 && fp8 != null) {
      // A GPU's own share is of BF16; FP8 falls short of its peak by the same factor.
      Double own = gpu.flopsShare();
      return fp8 * (own == null ? fp8Share : fp8Share * own / bf16Share);
    }
    Double own = gpu.flopsShare();
    return gpu.bf16Flops() * (own == null ? bf16Share : own);
  }
}
