package dev.candor.record;

import java.util.Arrays;

/**
 * What a server tells of itself at {@code /metrics}, whatever names it has for it. A histogram is
 * two of them: {@code …_bucket}, a counter for each upper bound, and {@code …_sum} in seconds.
 */
public enum ServerMetric {
  /** Share of the KV cache that requests hold, 0 to 1; of several engines the fullest. */
  KV_USAGE("kv_usage", Kind.SHARE),
  RUNNING("running", Kind.GAUGE),
  WAITING("waiting", Kind.GAUGE),
  /** Requests whose KV cache was moved to the host's memory; vLLM before V1. */
  SWAPPED("swapped", Kind.GAUGE),
  /** Prompt tokens (of some servers blocks) looked up in the prefix cache since its start. */
  PREFIX_QUERIES("prefix_queries", Kind.COUNTER),
  /** Of those, found. */
  PREFIX_HITS("prefix_hits", Kind.COUNTER),
  /** Share of what was looked up that was found, by servers without counters of both. */
  HIT_RATE("hit_rate", Kind.SHARE),
  PREEMPTIONS("preemptions", Kind.COUNTER),
  PROMPT_TOKENS("prompt_tokens", Kind.COUNTER),
  GENERATION_TOKENS("generation_tokens", Kind.COUNTER),

  /** In watts, all GPUs together. */
  GPU_POWER("gpu_power", Kind.GAUGE),
  /** In joules since some start, all GPUs together. */
  GPU_ENERGY("gpu_energy", Kind.COUNTER),
  /** In bytes, all GPUs together, as {@link #GPU_MEMORY_TOTAL}. */
  GPU_MEMORY_USED("gpu_memory_used", Kind.GAUGE),
  GPU_MEMORY_TOTAL("gpu_memory_total", Kind.GAUGE),
  /** Share of time in which the busiest GPU did anything at all, 0 to 1. */
  GPU_UTIL("gpu_util", Kind.SHARE),
  /** Share of time in which the busiest GPU's tensor cores worked. */
  GPU_TENSOR("gpu_tensor", Kind.SHARE),
  /** Share of time in which the busiest GPU's memory was read or written. */
  GPU_DRAM("gpu_dram", Kind.SHARE),

  TTFT_BUCKET("ttft_bucket", Kind.BUCKET),
  TTFT_SUM("ttft_sum", Kind.COUNTER),
  ITL_BUCKET("itl_bucket", Kind.BUCKET),
  ITL_SUM("itl_sum", Kind.COUNTER),
  /** A request's mean time between tokens. */
  TPOT_BUCKET("tpot_bucket", Kind.BUCKET),
  TPOT_SUM("tpot_sum", Kind.COUNTER),
  /** A request's whole time of inference over its tokens: with the prompt's, unlike TPOT. */
  TIME_PER_TOKEN_BUCKET("time_per_token_bucket", Kind.BUCKET),
  TIME_PER_TOKEN_SUM("time_per_token_sum", Kind.COUNTER),
  E2E_BUCKET("e2e_bucket", Kind.BUCKET),
  E2E_SUM("e2e_sum", Kind.COUNTER),
  /** From a request's arrival to its first step. */
  QUEUE_BUCKET("queue_bucket", Kind.BUCKET),
  QUEUE_SUM("queue_sum", Kind.COUNTER);

  /** How its values are to be read. */
  public enum Kind {
    /** As it is at an instant; those of engines and replicas add up. */
    GAUGE,
    /** From 0 to 1; of engines and replicas the highest counts. */
    SHARE,
    /** Grows from its server's start. */
    COUNTER,
    /** A counter of values up to a bound, {@code +Inf}: of all. */
    BUCKET
  }

  private final String key;
  private final Kind kind;

  ServerMetric(String key, Kind kind) {
    this.key = key;
    this.kind = kind;
  }

  public String key() {
    return key;
  }

  public Kind kind() {
    return kind;
  }

  static ServerMetric ofKey(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key.equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no metric of a server: " + key));
  }
}
