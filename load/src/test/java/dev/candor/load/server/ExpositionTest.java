package dev.candor.load.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.record.ServerMetric;
import org.junit.jupiter.api.Test;

final class ExpositionTest {
  @Test
  void read_vllm_addsUpEngines_takesTheFullestCache() {
    String page =
        """
        # HELP vllm:prefix_cache_hits_total Tokens found.
        # TYPE vllm:prefix_cache_hits_total counter
        vllm:prefix_cache_hits_total{engine="0",model_name="a b} c"} 100.0
        vllm:prefix_cache_hits_total{engine="1",model_name="a b} c"} 20.0
        vllm:prefix_cache_queries_total{engine="0"} 1.5e3
        vllm:kv_cache_usage_perc{engine="0"} 0.25
        vllm:kv_cache_usage_perc{engine="1"} 0.75
        vllm:num_requests_waiting 3 1700000000000
        vllm:e2e_request_latency_seconds_bucket{le="1"} 7
        process_cpu_seconds_total 12
        """;
    assertThat(Exposition.read(page))
        .containsOnly(
            java.util.Map.entry(ServerMetric.PREFIX_HITS, 120.0),
            java.util.Map.entry(ServerMetric.PREFIX_QUERIES, 1500.0),
            java.util.Map.entry(ServerMetric.KV_USAGE, 0.75),
            java.util.Map.entry(ServerMetric.WAITING, 3.0));
  }

  @Test
  void read_sglang_promptTokensAreWhatWasLookedUp() {
    assertThat(
            Exposition.read(
                "sglang:prompt_tokens_total{m=\"x\"} 9\nsglang:cached_tokens_total 4\n"))
        .containsOnly(
            java.util.Map.entry(ServerMetric.PREFIX_QUERIES, 9.0),
            java.util.Map.entry(ServerMetric.PROMPT_TOKENS, 9.0),
            java.util.Map.entry(ServerMetric.PREFIX_HITS, 4.0));
  }

  @Test
  void read_otherText_hasNone() {
    assertThat(
            Exposition.read(
                "<html>vllm:</html>\nvllm:\nvllm:num_requests_waiting\nvllm:num_requests_waiting{x} y"))
        .isEmpty();
  }
}
