package dev.candor.engine.roofline;

import dev.candor.base.error.CandorException;
import dev.candor.engine.Gpu;
import dev.candor.engine.KvMemory;
import dev.candor.engine.ModelShape;
import dev.candor.engine.StepTime;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The formulas from a model on GPUs to the coefficients of {@link StepTime}; docs/profiles.md gives
 * them with their reasons. N GPUs, B memory bandwidth, F arithmetic rate, all as reached:
 *
 * <pre>{@code
 * fixed = layers · layerNanos + [N > 1] 2 · layers · allreduceNanos
 * floor = fixed + bytes read in a step / (N · B)
 * base = baseShare · floor
 * per_prefill_token = 2 · active parameters of layers / (N · F) + exchange
 * per_sequence = 2 · (those and the output head) / (N · F) + exchange
 * exchange = [N > 1] 2 · layers · 2 · (N − 1) / N · hidden · 2 bytes / link
 * per_context_token = KV bytes of a token / (N · B of KV)
 * per_token_pair = 4 · layers · heads · head_dim / (N · F of attention)
 * }</pre>
 */
public record Roofline(ModelSpec model, Placement placement, Efficiencies efficiencies) {
  static final int BLOCK_SIZE = 16;

  /** A cache that holds less is none. */
  static final int LEAST_KV_TOKENS = 4096;

  private static final double BYTES_PER_GIB = 1L << 30;
  private static final int MOST_GPUS = 8;

  /**
   * With the calibrated efficiencies.
   *
   * @throws CandorException where the GPUs cannot share the model's heads, or do not hold it
   */
  public static Roofline of(ModelSpec model, Placement placement) {
    Roofline roofline = new Roofline(model, placement, Efficiencies.CALIBRATED);
    roofline.check();
    return roofline;
  }

  /** The fewest GPUs of a kind, up to eight, that hold {@code model}; empty: none do. */
  public static OptionalInt leastGpus(ModelSpec model, Placement placement) {
    return IntStream.rangeClosed(1, MOST_GPUS)
        .filter(gpus -> shareable(model, gpus))
        .filter(
            gpus ->
                new Roofline(model, placement.on(gpus), Efficiencies.CALIBRATED).kvTokens()
                    >= LEAST_KV_TOKENS)
        .findFirst();
  }

  private static boolean shareable(ModelSpec model, int gpus) {
    return model.kvHeads() % gpus == 0 && model.heads() % gpus == 0;
  }

  private void check() {
    int gpus = gpus();
    if (!shareable(model, gpus)) {
      throw CandorException.user(
          ("tp is %d, must divide the %d key-value heads and %d heads of %s: each GPU gets whole ones;"
                  + " right are %s")
              .formatted(
                  gpus,
                  model.kvHeads(),
                  model.heads(),
                  model.name(),
                  IntStream.rangeClosed(1, model.kvHeads())
                      .filter(n -> shareable(model, n))
                      .boxed()
                      .toList()));
    }
    if (kvTokens() < LEAST_KV_TOKENS) {
      throw CandorException.user(
          ("%s in %s has %.1f GB of weights; %s %.1f GB of memory, of which an engine may use %.0f %%,"
                  + " leaves KV for %,d tokens, and must for %,d; %s")
              .formatted(
                  model.name(),
                  placement.weights().key(),
                  weightBytes() / 1e9,
                  gpus == 1
                      ? "one %s with".formatted(placement.gpu().name())
                      : "%d x %s with together".formatted(gpus, placement.gpu().name()),
                  placement.gpu().memoryGib() * gpus * BYTES_PER_GIB / 1e9,
                  efficiencies.utilization() * 100,
                  kvTokens(),
                  LEAST_KV_TOKENS,
                  advice()));
    }
  }

  private String advice() {
    OptionalInt least = leastGpus(model, placement);
    return least.isPresent()
        ? "the least that fits is tp %d".formatted(least.getAsInt())
        : "even %d of them do not hold it".formatted(MOST_GPUS);
  }

  int gpus() {
    return placement.tensorParallel();
  }

  double weightBytes() {
    return model.weightBytes(placement.weights());
  }

  double readBytes() {
    return model.readBytes(placement.weights(), placement.batch());
  }

  double flopsPerSecond() {
    return gpus() * efficiencies.flopsPerSecond(placement.gpu(), placement.weights());
  }

  double bytesPerSecond() {
    return gpus() * placement.gpu().bytesPerSecond() * efficiencies.bandwidthShare();
  }

  double kvBytesPerSecond() {
    return gpus() * placement.gpu().bytesPerSecond() * efficiencies.kvBandwidthShare();
  }

  double attentionFlopsPerSecond() {
    return gpus() * placement.gpu().bf16Flops() * efficiencies.attentionShare();
  }

  double fixedNanos() {
    return model.layers() * efficiencies.layerNanos()
        + (gpus() > 1 ? 2 * model.layers() * placement.gpu().allreduceNanos() : 0);
  }

  double readNanos() {
    return readBytes() / bytesPerSecond() * 1e9;
  }

  /** Nanoseconds that a token's share of all all-reduces takes. */
  double exchangeNanos() {
    double bytes = 2.0 * model.layers() * 2 * (gpus() - 1) / gpus() * model.hidden() * 2;
    return bytes / (placement.gpu().linkBytesPerSecond() * efficiencies.linkShare()) * 1e9;
  }

  double tokenFlops() {
    return 2 * model.activeLayerParameters();
  }

  double headFlops() {
    return 2 * model.headParameters();
  }

  double pairFlops() {
    return 4.0 * model.layers() * model.heads() * model.headDim();
  }

  /** The coefficients, unrounded. */
  public StepTime stepTime() {
    double floor = fixedNanos() + readNanos();
    return new StepTime(
        floor,
        efficiencies.baseShare() * floor,
        tokenFlops() / flopsPerSecond() * 1e9 + exchangeNanos(),
        shape().kvBytesPerToken() / kvBytesPerSecond() * 1e9,
        (tokenFlops() + headFlops()) / flopsPerSecond() * 1e9 + exchangeNanos(),
        pairFlops() / attentionFlopsPerSecond() * 1e9,
        efficiencies.jitter(),
        efficiencies.requestOverheadNanos(),
        0);
  }

  ModelShape shape() {
    return new ModelShape(
        model.name(),
        weightBytes() / BYTES_PER_GIB,
        model.layers(),
        model.kvHeads(),
        model.headDim(),
        placement.kv().bytes());
  }

  /** Tokens that the KV cache holds. */
  public int kvTokens() {
    GpuSpec gpu = placement.gpu();
    Gpu accelerators = new Gpu(gpu.name(), gpus(), gpu.memoryGib(), efficiencies.utilization());
    return BLOCK_SIZE
        * new KvMemory(
                shape(), accelerators, efficiencies.activationsGib(), efficiencies.otherGib(gpus()))
            .blocks(BLOCK_SIZE);
  }
}
