package dev.candor.load.server;

import dev.candor.record.ServerMetric;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads the known metrics out of Prometheus's text format, under vLLM's and SGLang's names. */
final class Exposition {
  /** Each metric's names, without {@code _total}; of one server only one of them occurs. */
  private static final Map<ServerMetric, List<String>> NAMES =
      Map.of(
          ServerMetric.KV_USAGE,
          List.of("vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc", "sglang:token_usage"),
          ServerMetric.RUNNING,
          List.of("vllm:num_requests_running", "sglang:num_running_reqs"),
          ServerMetric.WAITING,
          List.of("vllm:num_requests_waiting", "sglang:num_queue_reqs"),
          ServerMetric.PREFIX_QUERIES,
          List.of(
              "vllm:prefix_cache_queries", "vllm:gpu_prefix_cache_queries", "sglang:prompt_tokens"),
          ServerMetric.PREFIX_HITS,
          List.of("vllm:prefix_cache_hits", "vllm:gpu_prefix_cache_hits", "sglang:cached_tokens"),
          ServerMetric.PREEMPTIONS,
          List.of("vllm:num_preemptions", "sglang:num_retracted_requests"),
          ServerMetric.PROMPT_TOKENS,
          List.of("vllm:prompt_tokens", "sglang:prompt_tokens"),
          ServerMetric.GENERATION_TOKENS,
          List.of("vllm:generation_tokens", "sglang:generation_tokens"));

  private Exposition() {}

  /** The known metrics in {@code text}, engines and models added up; of shares the highest. */
  static Map<ServerMetric, Double> read(String text) {
    Map<ServerMetric, Double> found = new EnumMap<>(ServerMetric.class);
    text.lines()
        .filter(line -> line.startsWith("vllm:") || line.startsWith("sglang:"))
        .forEach(line -> add(line, found));
    return found;
  }

  private static void add(String line, Map<ServerMetric, Double> found) {
    int brace = line.indexOf('{');
    int space = line.indexOf(' ');
    int end = brace < 0 || (space >= 0 && space < brace) ? space : brace;
    // Labels may hold anything, spaces too, but end with the last brace.
    int valueFrom = (brace == end ? line.lastIndexOf('}') : end) + 1;
    if (end < 0 || valueFrom <= 0) {
      return;
    }
    String name = line.substring(0, end).replaceFirst("_total$", "");
    String[] rest = line.substring(valueFrom).strip().split("\\s+", 2);
    double value;
    try {
      value = Double.parseDouble(rest[0]);
    } catch (NumberFormatException e) {
      return;
    }
    NAMES.forEach(
        (metric, names) -> {
          if (names.contains(name)) {
            found.merge(metric, value, metric == ServerMetric.KV_USAGE ? Double::max : Double::sum);
          }
        });
  }
}
