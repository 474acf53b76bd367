package dev.candor.mock.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Names, labels and buckets of SGLang (sglang/srt/metrics/collector.py, 2025). */
final class SglangMetrics implements ServerMetrics {
  private static final String[] LABELS = {"model_name", "engine_type", "tp_rank", "dp_rank"};
  private static final double[] TTFT_SECONDS = {
    0.1, 0.2, 0.4, 0.6, 0.8, 1, 2, 4, 6, 8, 10, 20, 40, 60, 80, 100, 200, 400
  };
  private static final double[] ITL_SECONDS = {
    0.002, 0.004, 0.006, 0.008, 0.010, 0.015, 0.020, 0.025, 0.030, 0.035, 0.040, 0.060, 0.080,
    0.100, 0.200, 0.400, 0.600, 0.800, 1.000, 2.000, 4.000, 6.000, 8.000
  };
  private static final double[] E2E_SECONDS = {
    0.1, 0.2, 0.4, 0.6, 0.8, 1, 2, 4, 6, 8, 10, 20, 40, 60, 80, 100, 200, 400, 600, 1200, 1800, 2400
  };

  private final PrometheusRegistry registry;
  private final String model;
  private final Histograms ttft;
  private final Histograms itl;
  private final Histograms e2e;
  private final Counter cached;
  private final Counter requests;
  private final Counter aborted;

  SglangMetrics(PrometheusRegistry registry, String model, Replicas replicas) {
    this.registry = registry;
    this.model = model;
    StateMetrics metrics = new StateMetrics(registry, replicas.size(), LABELS, this::labels);
    states(metrics, replicas);
    ttft =
        metrics.histogram(
            "sglang:time_to_first_token_seconds", "Time to first token.", TTFT_SECONDS);
    itl =
        metrics.histogram(
            "sglang:inter_token_latency_seconds", "Time between tokens.", ITL_SECONDS);
    e2e = metrics.histogram("sglang:e2e_request_latency_seconds", "Whole request.", E2E_SECONDS);
    cached = counted("sglang:cached_tokens", "Prompt tokens found in the cache.");
    requests = counted("sglang:num_requests", "Requests that ended.");
    aborted = counted("sglang:num_aborted_requests", "Requests that were given up.");
  }

  private static void states(StateMetrics metrics, Replicas replicas) {
    metrics.gauge(
        "sglang:num_running_reqs", "Requests in the batch.", i -> replicas.get(i).running());
    metrics.gauge(
        "sglang:num_queue_reqs", "Requests in the queue.", i -> replicas.get(i).waiting());
    metrics.gauge(
        "sglang:num_used_tokens",
        "Tokens in the KV cache.",
        i -> (double) replicas.get(i).usedBlocks() * replicas.get(i).blockSize());
    metrics.gauge(
        "sglang:max_total_num_tokens",
        "Tokens that the KV cache has room for.",
        i -> (double) replicas.get(i).totalBlocks() * replicas.get(i).blockSize());
    metrics.gauge("sglang:token_usage", "KV cache in use, 0 to 1.", i -> replicas.get(i).kvUsage());
    metrics.gauge(
        "sglang:cache_hit_rate",
        "Share of prompt tokens found in the cache.",
        i -> replicas.get(i).hitRate());
    metrics.gauge(
        "sglang:gen_throughput",
        "Tokens generated a second.",
        i -> replicas.perSecond(i, ReplicaState::generationTokens));
    metrics.counter(
        "sglang:prompt_tokens", "Prompt tokens processed.", i -> replicas.get(i).promptTokens());
    metrics.counter(
        "sglang:generation_tokens", "Tokens generated.", i -> replicas.get(i).generationTokens());
    metrics.counter(
        "sglang:num_retracted_requests", "Retractions.", i -> replicas.get(i).preemptions());
    metrics.counter(
        "sglang:evicted_tokens",
        "Cached tokens that were given up.",
        i -> (double) replicas.get(i).evictions() * replicas.get(i).blockSize());
  }

  private Counter counted(String name, String help) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(LABELS)
        .withoutExemplars()
        .register(registry);
  }

  private String[] labels(int replica) {
    return new String[] {model, "unified", "0", Integer.toString(replica)};
  }

  @Override
  public void firstToken(int replica, long nanos, long ttftNanos, int promptTokens) {
    ttft.nanos(replica, ttftNanos);
  }

  @Override
  public void nextToken(int replica, long nanos, long itlNanos) {
    itl.nanos(replica, itlNanos);
  }

  @Override
  public void finished(FinishedRequest request) {
    String[] labels = labels(request.replica());
    if (request.reason().equals("abort")) {
      aborted.labelValues(labels).inc();
      return;
    }
    e2e.nanos(request.replica(), request.e2eNanos());
    cached.labelValues(labels).inc(request.cachedTokens());
    requests.labelValues(labels).inc();
  }

  @Override
  public void settle() {}
}
