package dev.candor.engine.roofline;

/** How far estimates were from published measurements; docs/profiles.md has the table. */
final class EstimateError {
  private EstimateError() {}

  static String of(GpuSpec gpu, Precision weights) {
    return switch (gpu.key()) {
      case "h100" ->
          weights == Precision.BF16
              ? "estimate, calibrated on this GPU: at small batches ITL within 4 % (mixtures of"
                  + " experts 11 %) and TTFT 6 to 12 % short of published points; expect 20 %"
              : "estimate: at small batches ITL 6 % and TTFT 19 % short of published points, saturated"
                  + " throughput 7 to 25 % short of another engine's; expect 25 %";
      case "h200", "a100" ->
          "estimate: at small batches ITL 7 to 11 % (mixtures of experts up to 18 %) short of published"
              + " points; expect 25 %";
      case "mi300x" ->
          "estimate: no recent published point was found to hold it against; expect 40 %";
      default -> "estimate: held against no measurement; expect 30 %";
    };
  }
}
