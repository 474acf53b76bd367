package dev.candor.engine.roofline;

import dev.candor.engine.StepTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An estimate as the text of a profile, its arithmetic in comments (docs/engine.md has the keys).
 */
public final class EstimateYaml {
  private final Roofline roofline;
  private final ModelSpec model;
  private final Placement placement;
  private final Efficiencies efficiencies;
  private final GpuSpec gpu;
  private final StringBuilder text = new StringBuilder();

  private EstimateYaml(Roofline roofline) {
    this.roofline = roofline;
    model = roofline.model();
    placement = roofline.placement();
    efficiencies = roofline.efficiencies();
    gpu = placement.gpu();
  }

  /**
   * @param notes what was left out of it, a sentence each
   */
  public static String of(Roofline roofline, List<String> notes) {
    return new EstimateYaml(roofline).write(notes);
  }

  private String write(List<String> notes) {
    comment("An estimate by the roofline of docs/profiles.md, not measured.");
    notes.forEach(this::comment);
    arithmetic();
    head();
    shape();
    step();
    limits();
    return text.toString();
  }

  private void arithmetic() {
    int gpus = roofline.gpus();
    String of = gpus == 1 ? "" : gpus + " x ";
    comment(
        String.format(
            Locale.ROOT,
            "weights: %.2f G parameters, %.2f G a token; %.1f GB in %s, of which a step reads %.1f GB%s",
            model.parameters() / 1e9,
            model.activeParameters() / 1e9,
            roofline.weightBytes() / 1e9,
            placement.weights().key(),
            roofline.readBytes() / 1e9,
            experts()));
    comment(
        String.format(
            Locale.ROOT,
            "floor: %.1f GB at %.0f %% of %s%.0f GB/s is %.2f ms; %d layers at %.0f us%s are %.2f ms",
            roofline.readBytes() / 1e9,
            efficiencies.bandwidthShare() * 100,
            of,
            gpu.bytesPerSecond() / 1e9,
            roofline.readNanos() / 1e6,
            model.layers(),
            efficiencies.layerNanos() / 1e3,
            gpus == 1
                ? ""
                : " and two all-reduces of %s us in each".formatted(us(gpu.allreduceNanos())),
            roofline.fixedNanos() / 1e6));
    comment(String.format(Locale.ROOT, "base: %.0f %% of floor", efficiencies.baseShare() * 100));
    comment(
        String.format(
            Locale.ROOT,
            "per_prefill_token: %.2f GFLOP at %.0f TFLOP/s%s",
            roofline.tokenFlops() / 1e9,
            roofline.flopsPerSecond() / 1e12,
            exchange()));
    comment(
        String.format(
            Locale.ROOT,
            "per_sequence: the same and %.2f GFLOP of the output head",
            roofline.headFlops() / 1e9));
    comment(
        String.format(
            Locale.ROOT,
            "per_context_token: %,d bytes of KV at %.0f %% of %s%.0f GB/s",
            roofline.shape().kvBytesPerToken(),
            efficiencies.kvBandwidthShare() * 100,
            of,
            gpu.bytesPerSecond() / 1e9));
    comment(
        String.format(
            Locale.ROOT,
            "per_token_pair: %.3f MFLOP at %.0f %% of %s%.0f TFLOP/s",
            roofline.pairFlops() / 1e6,
            efficiencies.attentionShare() * 100,
            of,
            gpu.bf16Flops() / 1e12));
    comment(
        String.format(
            Locale.ROOT,
            "KV: %,d tokens beside weights, %.0f GiB of activations and %.2f GiB of others",
            roofline.kvTokens(),
            efficiencies.activationsGib(),
            efficiencies.otherGib(gpus)));
    comment(String.format(Locale.ROOT, "model: %s", model.source()));
  }

  private String experts() {
    ModelSpec.Experts experts = model.experts();
    return experts.count() == 0
        ? ""
        : "; %d tokens go through %.1f of a layer's %d experts"
            .formatted(placement.batch(), experts.touched(placement.batch()), experts.count());
  }

  private String exchange() {
    return roofline.gpus() == 1
        ? ""
        : "; its share of all-reduces at %.0f %% of %.0f GB/s is %.2f us"
            .formatted(
                efficiencies.linkShare() * 100,
                gpu.linkBytesPerSecond() / 1e9,
                roofline.exchangeNanos() / 1e3);
  }

  private void head() {
    line("source:");
    line(
        String.format(
            Locale.ROOT,
            "  text: %s",
            quoted(
                "roofline from the data sheet and config.json (figures of %s); docs/profiles.md"
                    .formatted(Catalogue.builtIn().asOf()))));
    line(String.format(Locale.ROOT, "  url: %s", gpu.source()));
    line(
        String.format(
            Locale.ROOT,
            "fit: %s",
            quoted("an estimate, not fitted to measurements of this model on this GPU")));
    line(String.format(Locale.ROOT, "error: %s", quoted(String.join("; ", errors()))));
  }

  private List<String> errors() {
    List<String> errors = new ArrayList<>();
    errors.add(EstimateError.of(gpu, placement.weights()));
    ModelSpec.Experts experts = model.experts();
    if (experts.count() > 0) {
      double alone = roofline.fixedNanos();
      alone += model.readBytes(placement.weights(), 1) / roofline.bytesPerSecond() * 1e9;
      errors.add(
          String.format(
              Locale.ROOT,
              "experts are counted for %d tokens a step: ITL with fewer is too long (alone about %.1f"
                  + " ms, here %.1f ms)",
              placement.batch(),
              alone / 1e6,
              roofline.stepTime().floorNanos() / 1e6));
    }
    return errors;
  }

  private void shape() {
    line("model:");
    line(String.format(Locale.ROOT, "  name: %s", quoted(model.name())));
    line(String.format(Locale.ROOT, "  weights: %.2fGB", roofline.weightBytes() / 1e9));
    line(String.format(Locale.ROOT, "  layers: %d", model.layers()));
    line(String.format(Locale.ROOT, "  kv_heads: %d", model.kvHeads()));
    line(String.format(Locale.ROOT, "  head_dim: %d", model.headDim()));
    line(String.format(Locale.ROOT, "  kv_bytes: %d", placement.kv().bytes()));
    line("gpu:");
    line(String.format(Locale.ROOT, "  name: %s", quoted(gpu.name())));
    line(String.format(Locale.ROOT, "  count: %d", roofline.gpus()));
    line(String.format(Locale.ROOT, "  memory: %sGiB", number(gpu.memoryGib())));
    line(String.format(Locale.ROOT, "  utilization: %s", number(efficiencies.utilization())));
    line(String.format(Locale.ROOT, "  activations: %sGiB", number(efficiencies.activationsGib())));
    line(
        String.format(
            Locale.ROOT, "  other: %sGiB", number(efficiencies.otherGib(roofline.gpus()))));
  }

  private void step() {
    StepTime step = roofline.stepTime();
    line("step:");
    line(String.format(Locale.ROOT, "  floor: %.3fms", step.floorNanos() / 1e6));
    line(String.format(Locale.ROOT, "  base: %.3fms", step.baseNanos() / 1e6));
    line(String.format(Locale.ROOT, "  per_prefill_token: %sus", us(step.perPrefillTokenNanos())));
    line(String.format(Locale.ROOT, "  per_context_token: %.2fns", step.perContextTokenNanos()));
    line(String.format(Locale.ROOT, "  per_sequence: %sus", us(step.perSequenceNanos())));
    line(String.format(Locale.ROOT, "  per_token_pair: %.3fns", step.perTokenPairNanos()));
    line(String.format(Locale.ROOT, "  jitter: %s", number(step.jitter())));
    line(
        String.format(
            Locale.ROOT, "  request_overhead: %sms", number(step.requestOverheadNanos() / 1e6)));
  }

  private void limits() {
    comment("vLLM's defaults for its API server; a context no longer than the cache holds.");
    line("limits:");
    line(String.format(Locale.ROOT, "  max_num_seqs: %d", gpu.large() ? 1024 : 256));
    line(String.format(Locale.ROOT, "  max_num_batched_tokens: %d", gpu.large() ? 8192 : 2048));
    line(
        String.format(
            Locale.ROOT, "  max_model_len: %d", Math.min(model.context(), roofline.kvTokens())));
    line("  chunked_prefill: true");
    line("kv:");
    line(String.format(Locale.ROOT, "  block_size: %d", Roofline.BLOCK_SIZE));
    line("  prefix_caching: true");
  }

  private static String us(double nanos) {
    return number(Math.round(nanos / 10) / 100.0);
  }

  /** As short as it can be read back. */
  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(Math.round(value * 1e4) / 1e4);
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private void comment(String line) {
    text.append("# ").append(line.replaceAll("\\R", " ")).append('\n');
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
