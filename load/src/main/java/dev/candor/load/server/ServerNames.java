package dev.candor.load.server;

import static dev.candor.record.ServerMetric.E2E_BUCKET;
import static dev.candor.record.ServerMetric.E2E_SUM;
import static dev.candor.record.ServerMetric.GENERATION_TOKENS;
import static dev.candor.record.ServerMetric.GPU_DRAM;
import static dev.candor.record.ServerMetric.GPU_ENERGY;
import static dev.candor.record.ServerMetric.GPU_MEMORY_TOTAL;
import static dev.candor.record.ServerMetric.GPU_MEMORY_USED;
import static dev.candor.record.ServerMetric.GPU_POWER;
import static dev.candor.record.ServerMetric.GPU_TENSOR;
import static dev.candor.record.ServerMetric.GPU_UTIL;
import static dev.candor.record.ServerMetric.HIT_RATE;
import static dev.candor.record.ServerMetric.ITL_BUCKET;
import static dev.candor.record.ServerMetric.ITL_SUM;
import static dev.candor.record.ServerMetric.KV_USAGE;
import static dev.candor.record.ServerMetric.PREEMPTIONS;
import static dev.candor.record.ServerMetric.PREFIX_HITS;
import static dev.candor.record.ServerMetric.PREFIX_QUERIES;
import static dev.candor.record.ServerMetric.PROMPT_TOKENS;
import static dev.candor.record.ServerMetric.QUEUE_BUCKET;
import static dev.candor.record.ServerMetric.QUEUE_SUM;
import static dev.candor.record.ServerMetric.RUNNING;
import static dev.candor.record.ServerMetric.SWAPPED;
import static dev.candor.record.ServerMetric.TIME_PER_TOKEN_BUCKET;
import static dev.candor.record.ServerMetric.TIME_PER_TOKEN_SUM;
import static dev.candor.record.ServerMetric.TPOT_BUCKET;
import static dev.candor.record.ServerMetric.TPOT_SUM;
import static dev.candor.record.ServerMetric.TTFT_BUCKET;
import static dev.candor.record.ServerMetric.TTFT_SUM;
import static dev.candor.record.ServerMetric.WAITING;

import dev.candor.record.ServerMetric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each kind of server calls its figures; docs/server-metrics.md says where each name is from.
 *
 * <p>Names are compared without {@code _total}, which counters have or not, and with {@code _} for
 * {@code :}, which collectors put there. Of a figure that a page has under several names that of
 * the lowest rank is taken: a version in between two names has both.
 */
final class ServerNames {
  private static final double MEBIBYTE = 1 << 20;
  private static final double PERCENT = 0.01;
  private static final double MILLI = 1e-3;
  private static final double MICRO = 1e-6;

  /** How a name's value enters its figure. */
  enum Role {
    /** As it is; several add up. */
    VALUE,
    /** A figure that is told as a part and its whole. */
    PART,
    WHOLE,
    /** The count beside a histogram's buckets, for one that has no {@code +Inf}. */
    COUNT
  }

  /**
   * @param label which must have the value, such as {@code request_type=waiting}; null: any
   * @param scale to our unit
   * @param single whether it means nothing once a page tells of several models
   */
  record Rule(
      ServerMetric metric,
      int rank,
      Role role,
      @Nullable String label,
      double scale,
      boolean single) {

    boolean takes(Map<String, String> labels) {
      if (label == null) {
        return true;
      }
      int equals = label.indexOf('=');
      return label.substring(equals + 1).equals(labels.get(label.substring(0, equals)));
    }
  }

  private static final Map<String, List<Rule>> RULES = new HashMap<>();

  static {
    vllm();
    sglang();
    textGenerationInference();
    tensorRtLlm();
    triton();
    llamaCpp();
    dcgm();
  }

  private ServerNames() {}

  /** What a name, as it stands on a page, tells of; none for most. */
  static List<Rule> of(String name) {
    return RULES.getOrDefault(plain(name), List.of());
  }

  private static String plain(String name) {
    String plain = name.replace(':', '_');
    return plain.endsWith("_total") ? plain.substring(0, plain.length() - 6) : plain;
  }

  private static void vllm() {
    value(KV_USAGE, 0, "vllm_kv_cache_usage_perc");
    value(KV_USAGE, 1, "vllm_gpu_cache_usage_perc");
    value(RUNNING, 0, "vllm_num_requests_running");
    value(WAITING, 0, "vllm_num_requests_waiting");
    value(SWAPPED, 0, "vllm_num_requests_swapped");
    value(PREEMPTIONS, 0, "vllm_num_preemptions");
    value(PREFIX_QUERIES, 0, "vllm_prefix_cache_queries");
    value(PREFIX_QUERIES, 1, "vllm_gpu_prefix_cache_queries");
    value(PREFIX_HITS, 0, "vllm_prefix_cache_hits");
    value(PREFIX_HITS, 1, "vllm_gpu_prefix_cache_hits");
    value(HIT_RATE, 0, "vllm_gpu_prefix_cache_hit_rate");
    value(PROMPT_TOKENS, 0, "vllm_prompt_tokens");
    value(GENERATION_TOKENS, 0, "vllm_generation_tokens");
    histogram(TTFT_BUCKET, TTFT_SUM, 0, "vllm_time_to_first_token_seconds", 1);
    histogram(ITL_BUCKET, ITL_SUM, 0, "vllm_inter_token_latency_seconds", 1);
    // The name up to V1 of what is the same histogram; some versions have both.
    histogram(ITL_BUCKET, ITL_SUM, 1, "vllm_time_per_output_token_seconds", 1);
    histogram(TPOT_BUCKET, TPOT_SUM, 0, "vllm_request_time_per_output_token_seconds", 1);
    histogram(E2E_BUCKET, E2E_SUM, 0, "vllm_e2e_request_latency_seconds", 1);
    histogram(QUEUE_BUCKET, QUEUE_SUM, 0, "vllm_request_queue_time_seconds", 1);
  }

  private static void sglang() {
    value(KV_USAGE, 0, "sglang_token_usage");
    value(RUNNING, 0, "sglang_num_running_reqs");
    value(WAITING, 0, "sglang_num_queue_reqs");
    value(PREEMPTIONS, 0, "sglang_num_retracted_requests");
    value(PREFIX_QUERIES, 0, "sglang_prompt_tokens");
    value(PREFIX_HITS, 0, "sglang_cached_tokens");
    value(HIT_RATE, 0, "sglang_cache_hit_rate");
    value(PROMPT_TOKENS, 0, "sglang_prompt_tokens");
    value(GENERATION_TOKENS, 0, "sglang_generation_tokens");
    histogram(TTFT_BUCKET, TTFT_SUM, 0, "sglang_time_to_first_token_seconds", 1);
    histogram(ITL_BUCKET, ITL_SUM, 0, "sglang_inter_token_latency_seconds", 1);
    histogram(ITL_BUCKET, ITL_SUM, 1, "sglang_time_per_output_token_seconds", 1);
    histogram(E2E_BUCKET, E2E_SUM, 0, "sglang_e2e_request_latency_seconds", 1);
    histogram(QUEUE_BUCKET, QUEUE_SUM, 0, "sglang_queue_time_seconds", 1);
  }

  private static void textGenerationInference() {
    value(RUNNING, 0, "tgi_batch_current_size");
    value(WAITING, 0, "tgi_queue_size");
    value(PROMPT_TOKENS, 0, "tgi_request_input_length_sum");
    value(GENERATION_TOKENS, 0, "tgi_request_generated_tokens_sum");
    histogram(
        TIME_PER_TOKEN_BUCKET,
        TIME_PER_TOKEN_SUM,
        0,
        "tgi_request_mean_time_per_token_duration",
        1);
    histogram(E2E_BUCKET, E2E_SUM, 0, "tgi_request_duration", 1);
    histogram(QUEUE_BUCKET, QUEUE_SUM, 0, "tgi_request_queue_duration", 1);
  }

  private static void tensorRtLlm() {
    value(KV_USAGE, 0, "trtllm_kv_cache_utilization");
    rule("trtllm_kv_cache_used_blocks", KV_USAGE, 1, Role.PART, null, 1, false);
    rule("trtllm_kv_cache_max_blocks", KV_USAGE, 1, Role.WHOLE, null, 1, false);
    value(RUNNING, 0, "trtllm_num_requests_running");
    value(WAITING, 0, "trtllm_num_requests_waiting");
    value(PREFIX_HITS, 0, "trtllm_kv_cache_reused_blocks");
    value(PREFIX_QUERIES, 0, "trtllm_kv_cache_reused_blocks");
    value(PREFIX_QUERIES, 0, "trtllm_kv_cache_missed_blocks");
    value(HIT_RATE, 0, "trtllm_kv_cache_hit_rate");
    value(PROMPT_TOKENS, 0, "trtllm_prompt_tokens");
    value(GENERATION_TOKENS, 0, "trtllm_generation_tokens");
    histogram(TTFT_BUCKET, TTFT_SUM, 0, "trtllm_time_to_first_token_seconds", 1);
    histogram(TPOT_BUCKET, TPOT_SUM, 0, "trtllm_time_per_output_token_seconds", 1);
    histogram(E2E_BUCKET, E2E_SUM, 0, "trtllm_e2e_request_latency_seconds", 1);
    histogram(QUEUE_BUCKET, QUEUE_SUM, 0, "trtllm_request_queue_time_seconds", 1);
  }

  private static void triton() {
    String blocks = "nv_trt_llm_kv_cache_block_metrics";
    rule(blocks, KV_USAGE, 0, Role.VALUE, "kv_cache_block_type=fraction", 1, false);
    rule(blocks, KV_USAGE, 1, Role.PART, "kv_cache_block_type=used", 1, false);
    rule(blocks, KV_USAGE, 1, Role.WHOLE, "kv_cache_block_type=max", 1, false);
    String requests = "nv_trt_llm_request_metrics";
    rule(requests, RUNNING, 0, Role.VALUE, "request_type=scheduled", 1, false);
    rule(requests, WAITING, 0, Role.VALUE, "request_type=waiting", 1, false);
    // Before it told of those that wait: active ones are scheduled or wait.
    rule(requests, WAITING, 1, Role.VALUE, "request_type=active", 1, false);
    rule(requests, WAITING, 1, Role.VALUE, "request_type=scheduled", -1, false);
    value(WAITING, 2, "nv_inference_pending_request_count");
    histogram(TTFT_BUCKET, TTFT_SUM, 0, "nv_inference_first_response_histogram_ms", MILLI);
    rule("nv_inference_request_duration_us", E2E_SUM, 0, Role.VALUE, null, MICRO, true);
    rule("nv_inference_request_success", E2E_BUCKET, 0, Role.COUNT, null, 1, true);
    rule("nv_inference_queue_duration_us", QUEUE_SUM, 0, Role.VALUE, null, MICRO, true);
    rule("nv_inference_request_success", QUEUE_BUCKET, 0, Role.COUNT, null, 1, true);
    value(GPU_POWER, 1, "nv_gpu_power_usage");
    value(GPU_ENERGY, 1, "nv_energy_consumption");
    value(GPU_MEMORY_USED, 1, "nv_gpu_memory_used_bytes");
    value(GPU_MEMORY_TOTAL, 2, "nv_gpu_memory_total_bytes");
    value(GPU_UTIL, 2, "nv_gpu_utilization");
  }

  private static void llamaCpp() {
    value(KV_USAGE, 0, "llamacpp_kv_cache_usage_ratio");
    value(RUNNING, 0, "llamacpp_requests_processing");
    value(WAITING, 0, "llamacpp_requests_deferred");
    value(PROMPT_TOKENS, 0, "llamacpp_prompt_tokens");
    value(GENERATION_TOKENS, 0, "llamacpp_tokens_predicted");
  }

  private static void dcgm() {
    value(GPU_POWER, 0, "DCGM_FI_DEV_POWER_USAGE");
    scaled(GPU_ENERGY, 0, "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", MILLI);
    scaled(GPU_MEMORY_USED, 0, "DCGM_FI_DEV_FB_USED", MEBIBYTE);
    scaled(GPU_MEMORY_TOTAL, 0, "DCGM_FI_DEV_FB_TOTAL", MEBIBYTE);
    scaled(GPU_MEMORY_TOTAL, 1, "DCGM_FI_DEV_FB_USED", MEBIBYTE);
    scaled(GPU_MEMORY_TOTAL, 1, "DCGM_FI_DEV_FB_FREE", MEBIBYTE);
    scaled(GPU_MEMORY_TOTAL, 1, "DCGM_FI_DEV_FB_RESERVED", MEBIBYTE);
    scaled(GPU_UTIL, 0, "DCGM_FI_DEV_GPU_UTIL", PERCENT);
    value(GPU_UTIL, 1, "DCGM_FI_PROF_GR_ENGINE_ACTIVE");
    value(GPU_TENSOR, 0, "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE");
    value(GPU_DRAM, 0, "DCGM_FI_PROF_DRAM_ACTIVE");
  }

  private static void value(ServerMetric metric, int rank, String name) {
    scaled(metric, rank, name, 1);
  }

  private static void scaled(ServerMetric metric, int rank, String name, double scale) {
    rule(name, metric, rank, Role.VALUE, null, scale, false);
  }

  private static void histogram(
      ServerMetric bucket, ServerMetric sum, int rank, String name, double scale) {
    // A bucket's scale is its bound's.
    rule(name + "_bucket", bucket, rank, Role.VALUE, null, scale, false);
    rule(name + "_count", bucket, rank, Role.COUNT, null, 1, false);
    rule(name + "_sum", sum, rank, Role.VALUE, null, scale, false);
  }

  private static void rule(
      String name,
      ServerMetric metric,
      int rank,
      Role role,
      @Nullable String label,
      double scale,
      boolean single) {
    RULES
        .computeIfAbsent(name, any -> new ArrayList<>())
        .add(new Rule(metric, rank, role, label, scale, single));
  }
}
