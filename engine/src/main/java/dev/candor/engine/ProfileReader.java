package dev.candor.engine;

import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.base.stats.DistributionText;
import dev.candor.base.units.Durations;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From a file's values to a profile. Mistakes are collected, so that one reading finds them all.
 */
final class ProfileReader {
  private static final List<String> ENGINE =
      List.of("source", "fit", "error", "model", "gpu", "step", "limits", "kv");
  private static final List<String> LATENCY = List.of("source", "fit", "error", "latency");

  private static final double MOST_JITTER = 2;

  private final Problems problems;
  private final Section root;

  private ProfileReader(Problems problems, Section root) {
    this.problems = problems;
    this.root = root;
  }

  /**
   * Reads a profile; one with {@code latency} is of latencies alone.
   *
   * @throws CandorException with every mistake, a line each
   */
  static Profile read(String name, Value file, Problems problems) {
    boolean latency = new Section(file, new Problems(), ENGINE).has("latency");
    Section root = new Section(file, problems, latency ? LATENCY : ENGINE);
    ProfileReader reader = new ProfileReader(problems, root);
    Profile profile = latency ? reader.latency(name) : reader.engine(name);
    problems.throwIfAny();
    return profile;
  }

  private LatencyProfile latency(String name) {
    Section latency = section("latency", List.of("ttft", "itl", "output_tokens"));
    return new LatencyProfile(
        name,
        source(),
        required(root, "fit", "", text -> text),
        required(root, "error", "", text -> text),
        required(latency, "ttft", new Distribution.Constant(0), ProfileReader::times),
        required(latency, "itl", new Distribution.Constant(0), ProfileReader::times),
        latency.<@Nullable Distribution>read(
            "output_tokens",
            null,
            text -> DistributionText.parse(text, value -> Section.number(value, 1))));
  }

  private static Distribution times(String text) {
    return DistributionText.parse(text, Durations::parseNanos);
  }

  private EngineProfile engine(String name) {
    Section gpu =
        section("gpu", List.of("name", "count", "memory", "utilization", "activations", "other"));
    ModelShape model = model();
    Gpu accelerators =
        new Gpu(
            required(gpu, "name", "", text -> text),
            gpu.integer("count", 1, 1),
            required(gpu, "memory", 1.0, ProfileReader::someMemory),
            gpu.read("utilization", 0.9, ProfileReader::share));
    KvMemory memory =
        new KvMemory(
            model,
            accelerators,
            gpu.read("activations", 0.0, QuantityText::gib),
            gpu.read("other", 0.0, QuantityText::gib));
    return new EngineProfile(
        name,
        source(),
        required(root, "fit", "", text -> text),
        required(root, "error", "", text -> text),
        model,
        accelerators,
        new EngineSettings(stepTime(), limits(), kvCache(memory)));
  }

  private Profile.Source source() {
    Section source = section("source", List.of("text", "url"));
    return new Profile.Source(
        required(source, "text", "", text -> text), required(source, "url", "", text -> text));
  }

  private ModelShape model() {
    Section model =
        section("model", List.of("name", "weights", "layers", "kv_heads", "head_dim", "kv_bytes"));
    return new ModelShape(
        required(model, "name", "", text -> text),
        required(model, "weights", 0.0, QuantityText::gib),
        required(model, "layers", 1, ProfileReader::positive),
        required(model, "kv_heads", 1, ProfileReader::positive),
        required(model, "head_dim", 1, ProfileReader::positive),
        model.integer("kv_bytes", 2, 1));
  }

  private StepTime stepTime() {
    Section step =
        section(
            "step",
            List.of(
                "floor",
                "base",
                "per_prefill_token",
                "per_context_token",
                "per_sequence",
                "per_token_pair",
                "jitter",
                "request_overhead",
                "token_overhead"));
    double floor = step.read("floor", 0.0, QuantityText::nanos);
    double base = required(step, "base", 0.0, QuantityText::nanos);
    if (floor == 0 && base == 0 && step.has("base") && problems.isEmpty()) {
      step.problem("base", "a step takes time; base and floor are both 0");
    }
    return new StepTime(
        floor,
        base,
        step.read("per_prefill_token", 0.0, QuantityText::nanos),
        step.read("per_context_token", 0.0, QuantityText::nanos),
        step.read("per_sequence", 0.0, QuantityText::nanos),
        step.read("per_token_pair", 0.0, QuantityText::nanos),
        step.read("jitter", 0.0, ProfileReader::jitter),
        step.read("request_overhead", 0L, Durations::parseNanos),
        step.read("token_overhead", 0L, Durations::parseNanos));
  }

  private SchedulerLimits limits() {
    Section limits =
        section(
            "limits",
            List.of(
                "max_num_seqs",
                "max_num_batched_tokens",
                "max_model_len",
                "chunked_prefill",
                "long_prefill_token_threshold",
                "max_queue"));
    int maxNumSeqs = required(limits, "max_num_seqs", 1, ProfileReader::positive);
    int maxNumBatchedTokens =
        required(limits, "max_num_batched_tokens", 1, ProfileReader::positive);
    int maxModelLen = required(limits, "max_model_len", 2, ProfileReader::positive);
    boolean chunkedPrefill = limits.bool("chunked_prefill", true);
    int threshold = limits.integer("long_prefill_token_threshold", 0, 0);
    int maxQueue = limits.integer("max_queue", 0, 0);
    return checked(
        limits,
        () ->
            new SchedulerLimits(
                maxNumSeqs, maxNumBatchedTokens, maxModelLen, chunkedPrefill, threshold, maxQueue),
        new SchedulerLimits(1, 2, 2, true, 0, 0));
  }

  private KvCacheSettings kvCache(KvMemory memory) {
    Section kv =
        new Section(root.get("kv"), problems, List.of("block_size", "blocks", "prefix_caching"));
    int blockSize = kv.integer("block_size", 16, 1);
    int blocks = kv.integer("blocks", memory.blocks(blockSize), 1);
    if (blocks == 0 && problems.isEmpty()) {
      root.problem(
          "gpu",
          String.format(
              Locale.ROOT,
              "leaves no memory for KV beside the weights: %.1f GiB of them, %.1f GiB of memory that"
                  + " may be used; add GPUs or set kv.blocks",
              memory.model().weightsGib(),
              memory.gpu().memoryGib() * memory.gpu().count() * memory.gpu().utilization()));
    }
    return new KvCacheSettings(blockSize, Math.max(1, blocks), kv.bool("prefix_caching", true));
  }

  private Section section(String key, List<String> keys) {
    if (!root.has(key)) {
      root.problem(key, "'%s' is missing; it needs keys of %s".formatted(key, keys));
    }
    return new Section(root.get(key), problems, keys);
  }

  private <T> T required(Section section, String key, T otherwise, Function<String, T> reader) {
    // A section that is missing itself is told of once.
    if (!section.has(key) && !section.where().isEmpty()) {
      section.problem(key, "'%s' is missing".formatted(key));
    }
    return section.read(key, otherwise, reader);
  }

  private static <T> T checked(Section section, Supplier<T> maker, T otherwise) {
    try {
      return maker.get();
    } catch (CandorException e) {
      section.problem("", String.valueOf(e.getMessage()));
      return otherwise;
    }
  }

  private static int positive(String text) {
    return (int) Section.wholeNumber(text, 1, Integer.MAX_VALUE);
  }

  private static double share(String text) {
    double value = Section.number(text, 0);
    if (value == 0 || value > 1) {
      throw CandorException.user("found %s, must be more than 0 and at most 1".formatted(text));
    }
    return value;
  }

  private static double someMemory(String text) {
    double gib = QuantityText.gib(text);
    if (gib == 0) {
      throw CandorException.user("found %s, must be more than 0".formatted(text));
    }
    return gib;
  }

  /** The logarithm's deviation; at 2, one step in twenty would be fifty times as long. */
  private static double jitter(String text) {
    double value = Section.number(text, 0);
    if (value > MOST_JITTER) {
      throw CandorException.user("found %s, must be at most %s".formatted(text, MOST_JITTER));
    }
    return value;
  }
}
