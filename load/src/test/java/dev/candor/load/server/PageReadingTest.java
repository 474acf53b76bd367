package dev.candor.load.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.ServerMetric;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Pages in the formats of the servers, abridged and with invented figures. */
final class PageReadingTest {

  /** What is told of all engines together, a line a figure. */
  private static String read(String page) {
    return lines(page, false);
  }

  private static String lines(String page, boolean parts) {
    return PageReading.of(page).stream()
        .filter(each -> (each.part() != null) == parts)
        .map(
            each ->
                each.metric().key()
                    + (each.part() == null ? "" : " of " + each.part())
                    + (each.le() == null ? "" : " " + each.le())
                    + String.format(Locale.ROOT, " %.6g", each.value()))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void vllm_v1_addsUpEngines_takesTheFullestCache_andTellsThemApart() {
    String page =
        """
        # TYPE vllm:num_requests_running gauge
        vllm:num_requests_running{engine="0",model_name="a b} c"} 30.0
        vllm:num_requests_running{engine="1",model_name="a b} c"} 12.0
        vllm:num_requests_waiting{engine="0",model_name="m"} 3.0
        vllm:kv_cache_usage_perc{engine="0",model_name="m"} 0.25
        vllm:kv_cache_usage_perc{engine="1",model_name="m"} 0.75
        vllm:prefix_cache_queries_total{engine="0",model_name="m"} 1500.0
        vllm:prefix_cache_hits_total{engine="0",model_name="m"} 120.0
        vllm:num_preemptions_total{engine="0",model_name="m"} 2.0
        vllm:generation_tokens_total{engine="0",model_name="m"} 900.0
        # TYPE vllm:time_to_first_token_seconds histogram
        vllm:time_to_first_token_seconds_bucket{engine="0",le="0.5",model_name="m"} 3.0
        vllm:time_to_first_token_seconds_bucket{engine="1",le="0.5",model_name="m"} 4.0
        vllm:time_to_first_token_seconds_bucket{engine="0",le="+Inf",model_name="m"} 5.0
        vllm:time_to_first_token_seconds_bucket{engine="1",le="+Inf",model_name="m"} 6.0
        vllm:time_to_first_token_seconds_count{engine="0",model_name="m"} 5.0
        vllm:time_to_first_token_seconds_sum{engine="0",model_name="m"} 2.5
        vllm:time_to_first_token_seconds_created{engine="0",model_name="m"} 1.7e9
        process_cpu_seconds_total 12
        """;
    assertThat(read(page))
        .isEqualTo(
            """
            kv_usage 0.750000
            running 42.0000
            waiting 3.00000
            prefix_queries 1500.00
            prefix_hits 120.000
            preemptions 2.00000
            generation_tokens 900.000
            ttft_bucket 0.5 7.00000
            ttft_bucket Infinity 11.0000
            ttft_sum 2.50000""");
    assertThat(lines(page, true))
        .isEqualTo(
            """
            kv_usage of 0 0.250000
            kv_usage of 1 0.750000
            running of 0 30.0000
            running of 1 12.0000""");
  }

  @Test
  void vllm_v0_hasItsOwnNames_andCountersWithoutTotal() {
    assertThat(
            read(
                """
                vllm:gpu_cache_usage_perc{model_name="m"} 0.5
                vllm:num_requests_swapped{model_name="m"} 1
                vllm:num_preemptions{model_name="m"} 4
                vllm:gpu_prefix_cache_hit_rate{model_name="m"} 0.3
                vllm:gpu_prefix_cache_queries{model_name="m"} 10
                vllm:gpu_prefix_cache_hits{model_name="m"} 3
                vllm:time_per_output_token_seconds_sum{model_name="m"} 8
                """))
        .isEqualTo(
            """
            kv_usage 0.500000
            swapped 1.00000
            prefix_queries 10.0000
            prefix_hits 3.00000
            hit_rate 0.300000
            preemptions 4.00000
            itl_sum 8.00000""");
  }

  @Test
  void vllm_inBetween_hasBothNames_andIsCountedOnce() {
    assertThat(
            read(
                """
                vllm:gpu_prefix_cache_queries_total 10
                vllm:prefix_cache_queries_total 11
                vllm:time_per_output_token_seconds_sum 8
                vllm:inter_token_latency_seconds_sum 9
                vllm:gpu_cache_usage_perc 0.9
                vllm:kv_cache_usage_perc 0.2
                """))
        .isEqualTo("kv_usage 0.200000\nprefix_queries 11.0000\nitl_sum 9.00000");
  }

  @Test
  void sglang_promptTokensAreWhatWasLookedUp() {
    assertThat(
            read(
                """
                sglang:token_usage{model_name="m",tp_rank="0"} 0.28
                sglang:num_running_reqs{model_name="m"} 5
                sglang:num_queue_reqs{model_name="m"} 2
                sglang:cache_hit_rate{model_name="m"} 0.1
                sglang:prompt_tokens_total{model_name="m"} 9
                sglang:cached_tokens_total{cache_source="device"} 4
                sglang:cached_tokens_total{cache_source="host"} 1
                sglang:num_retracted_requests_total 6
                sglang:queue_time_seconds_sum 7
                """))
        .isEqualTo(
            """
            kv_usage 0.280000
            running 5.00000
            waiting 2.00000
            prefix_queries 9.00000
            prefix_hits 5.00000
            hit_rate 0.100000
            preemptions 6.00000
            prompt_tokens 9.00000
            queue_sum 7.00000""");
  }

  @Test
  void textGenerationInference_countsTokensInHistograms_andHasNoItl() {
    assertThat(
            read(
                """
                tgi_queue_size 3
                tgi_batch_current_size 8
                tgi_request_input_length_sum 4000
                tgi_request_generated_tokens_sum 900
                tgi_request_mean_time_per_token_duration_bucket{le="0.05"} 2
                tgi_request_mean_time_per_token_duration_count 5
                tgi_request_duration_sum 12.5
                tgi_request_queue_duration_count 5
                """))
        .isEqualTo(
            """
            running 8.00000
            waiting 3.00000
            prompt_tokens 4000.00
            generation_tokens 900.000
            time_per_token_bucket 0.05 2.00000
            time_per_token_bucket Infinity 5.00000
            e2e_sum 12.5000
            queue_bucket Infinity 5.00000""");
  }

  private static final String TRITON =
      """
      nv_inference_request_success{model="tensorrt_llm",version="1"} 4
      nv_inference_request_duration_us{model="tensorrt_llm",version="1"} 8000000
      nv_inference_queue_duration_us{model="tensorrt_llm",version="1"} 500000
      nv_inference_pending_request_count{model="tensorrt_llm",version="1"} 1
      nv_inference_first_response_histogram_ms_bucket{model="tensorrt_llm",version="1",le="100"} 3
      nv_inference_first_response_histogram_ms_sum{model="tensorrt_llm",version="1"} 250
      nv_gpu_power_usage{gpu_uuid="GPU-a"} 300.5
      nv_gpu_memory_used_bytes{gpu_uuid="GPU-a"} 1000
      nv_gpu_utilization{gpu_uuid="GPU-a"} 0.9
      nv_energy_consumption{gpu_uuid="GPU-a"} 77
      """;

  private static final String BATCHER =
      """
      nv_trt_llm_kv_cache_block_metrics{kv_cache_block_type="used",model="tensorrt_llm",version="1"} 50
      nv_trt_llm_kv_cache_block_metrics{kv_cache_block_type="max",model="tensorrt_llm",version="1"} 200
      nv_trt_llm_request_metrics{model="tensorrt_llm",request_type="active",version="1"} 9
      nv_trt_llm_request_metrics{model="tensorrt_llm",request_type="scheduled",version="1"} 6
      """;

  @Test
  void triton_toldInItsUnits_isKeptInOurs() {
    assertThat(read(TRITON))
        .isEqualTo(
            """
            waiting 1.00000
            gpu_power 300.500
            gpu_energy 77.0000
            gpu_memory_used 1000.00
            gpu_util 0.900000
            ttft_bucket 0.1 3.00000
            ttft_sum 0.250000
            e2e_bucket Infinity 4.00000
            e2e_sum 8.00000
            queue_bucket Infinity 4.00000
            queue_sum 0.500000""");
  }

  @Test
  void triton_ofSeveralModels_hasNoTimes_asEnsemblesCountTheirMembersAgain() {
    assertThat(read(TRITON + TRITON.replace("tensorrt_llm", "ensemble")))
        .doesNotContain("e2e")
        .doesNotContain("queue");
  }

  @Test
  void tritonsBatcher_beforeAndSinceItTellsTheShare() {
    assertThat(read(BATCHER)).isEqualTo("kv_usage 0.250000\nrunning 6.00000\nwaiting 3.00000");
    String since =
        """
        nv_trt_llm_kv_cache_block_metrics{kv_cache_block_type="fraction",model="tensorrt_llm"} 0.3
        nv_trt_llm_request_metrics{model="tensorrt_llm",request_type="waiting"} 2
        """;
    assertThat(read(BATCHER + since))
        .isEqualTo("kv_usage 0.300000\nrunning 6.00000\nwaiting 2.00000");
  }

  @Test
  void tensorRtLlm_blocksAreItsPrefixCache() {
    assertThat(
            read(
                """
                trtllm_kv_cache_utilization{engine_type="trtllm"} 0.4
                trtllm_num_requests_running{engine_type="trtllm"} 3
                trtllm_kv_cache_reused_blocks_total{engine_type="trtllm"} 30
                trtllm_kv_cache_missed_blocks_total{engine_type="trtllm"} 70
                trtllm_generation_tokens_total{engine_type="trtllm"} 11
                trtllm_time_per_output_token_seconds_sum{engine_type="trtllm"} 1
                """))
        .isEqualTo(
            """
            kv_usage 0.400000
            running 3.00000
            prefix_queries 100.000
            prefix_hits 30.0000
            generation_tokens 11.0000
            tpot_sum 1.00000""");
  }

  @Test
  void llamaCpp() {
    assertThat(
            read(
                """
                llamacpp:prompt_tokens_total 10
                llamacpp:tokens_predicted_total 20
                llamacpp:kv_cache_usage_ratio 0.5
                llamacpp:requests_processing 2
                llamacpp:requests_deferred 1
                """))
        .isEqualTo(
            """
            kv_usage 0.500000
            running 2.00000
            waiting 1.00000
            prompt_tokens 10.0000
            generation_tokens 20.0000""");
  }

  @Test
  void dcgm_toldInItsUnits_isKeptInOurs_gpusAddedUp() {
    String page =
        """
        # TYPE DCGM_FI_DEV_POWER_USAGE gauge
        DCGM_FI_DEV_POWER_USAGE{gpu="0",UUID="GPU-1",device="nvidia0"} 300
        DCGM_FI_DEV_POWER_USAGE{gpu="1",UUID="GPU-2",device="nvidia1"} 250
        DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{gpu="0"} 5000
        DCGM_FI_DEV_FB_USED{gpu="0"} 2
        DCGM_FI_DEV_FB_FREE{gpu="0"} 6
        DCGM_FI_DEV_GPU_UTIL{gpu="0"} 50
        DCGM_FI_DEV_GPU_UTIL{gpu="1"} 90
        DCGM_FI_PROF_GR_ENGINE_ACTIVE{gpu="0"} 0.1
        DCGM_FI_PROF_PIPE_TENSOR_ACTIVE{gpu="0"} 0.3
        """;
    assertThat(read(page))
        .isEqualTo(
            """
            gpu_power 550.000
            gpu_energy 5.00000
            gpu_memory_used 2.09715e+06
            gpu_memory_total 8.38861e+06
            gpu_util 0.900000
            gpu_tensor 0.300000""");
    assertThat(lines(page, true)).contains("gpu_power of 0 300.000\ngpu_power of 1 250.000");
  }

  @Test
  void otherText_hasNone() {
    String page =
        "<html>vllm:</html>\nvllm:\nvllm:num_requests_waiting\nvllm:num_requests_waiting NaN\n[{\"a\": 1}]";
    assertThat(PageReading.of(page)).isEmpty();
  }

  @Test
  void hostilePage_isKeptInBounds() {
    StringBuilder page = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      page.append("vllm:num_requests_running{engine=\"%d\"} 1\n".formatted(i));
      page.append("vllm:e2e_request_latency_seconds_bucket{le=\"%d\"} 1\n".formatted(i));
      page.append(
          "vllm:e2e_request_latency_seconds_bucket{le=\"1\",engine=\"%d\"} 1\n".formatted(i));
    }
    assertThat(PageReading.of(page.toString()))
        .hasSizeLessThan(2 * PageReading.MOST_PARTS + PageReading.MOST_BUCKETS + 2);
    assertThat(PageReading.of(page.toString()).getFirst().metric()).isEqualTo(ServerMetric.RUNNING);
  }
}
