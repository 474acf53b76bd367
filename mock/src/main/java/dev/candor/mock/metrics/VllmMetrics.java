package dev.candor.mock.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/** Names, labels and buckets of vLLM 0.11's V1 engine (vllm/v1/metrics/loggers.py). */
final class VllmMetrics implements ServerMetrics {
  private static final String[] LABELS = {"model_name", "engine"};
  private static final double[] TTFT_SECONDS = {
    0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0,
    20.0, 40.0, 80.0, 160.0, 640.0, 2560.0
  };
  private static final double[] ITL_SECONDS = {
    0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 20.0,
    40.0, 80.0
  };
  private static final double[] REQUEST_SECONDS = {
    0.3, 0.5, 0.8, 1.0, 1.5, 2.0, 2.5, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0, 120.0, 240.0,
    480.0, 960.0, 1920.0, 7680.0
  };

  private static final double[] STEP_TOKENS = {
    1, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384
  };

  private final String model;
  private final Histograms ttft;
  private final Histograms itl;
  private final Histograms tpot;
  private final Histograms e2e;
  private final Histograms queue;
  private final Histograms inference;
  private final Histograms prefill;
  private final Histograms decode;
  private final Histograms promptTokens;
  private final Histograms generationTokens;
  private final Histograms mostTokens;
  private final Histograms maxTokens;
  private final StepTokens steps;
  private final Histograms choices;
  private final Counter success;

  VllmMetrics(
      PrometheusRegistry registry,
      String model,
      int maxModelLen,
      boolean prefixCaching,
      Replicas replicas) {
    this.model = model;
    StateMetrics metrics = new StateMetrics(registry, replicas.size(), LABELS, this::labels);
    states(metrics, replicas);
    cacheConfig(registry, prefixCaching, replicas);
    ttft =
        metrics.histogram("vllm:time_to_first_token_seconds", "Time to first token.", TTFT_SECONDS);
    itl =
        metrics.histogram("vllm:inter_token_latency_seconds", "Time between tokens.", ITL_SECONDS);
    tpot =
        metrics.histogram(
            "vllm:request_time_per_output_token_seconds",
            "Mean time between a request's tokens.",
            ITL_SECONDS);
    e2e = metrics.histogram("vllm:e2e_request_latency_seconds", "Whole request.", REQUEST_SECONDS);
    queue = metrics.histogram("vllm:request_queue_time_seconds", "In the queue.", REQUEST_SECONDS);
    inference =
        metrics.histogram("vllm:request_inference_time_seconds", "Being run.", REQUEST_SECONDS);
    prefill =
        metrics.histogram("vllm:request_prefill_time_seconds", "In prefill.", REQUEST_SECONDS);
    decode = metrics.histogram("vllm:request_decode_time_seconds", "In decode.", REQUEST_SECONDS);
    double[] lengths = Histograms.oneTwoFive(maxModelLen);
    promptTokens = metrics.histogram("vllm:request_prompt_tokens", "Tokens of a prompt.", lengths);
    generationTokens =
        metrics.histogram("vllm:request_generation_tokens", "Tokens of an answer.", lengths);
    mostTokens =
        metrics.histogram(
            "vllm:request_max_num_generation_tokens",
            "Tokens of a request's longest answer.",
            lengths);
    maxTokens =
        metrics.histogram("vllm:request_params_max_tokens", "The request's max_tokens.", lengths);
    choices =
        metrics.histogram(
            "vllm:request_params_n", "The request's n.", new double[] {1, 2, 5, 10, 20});
    steps =
        new StepTokens(
            metrics.histogram("vllm:iteration_tokens_total", "Tokens of a step.", STEP_TOKENS),
            replicas.size());
    success =
        Counter.builder()
            .name("vllm:request_success")
            .help("Requests that ended, by reason.")
            .labelNames("model_name", "engine", "finished_reason")
            .withoutExemplars()
            .register(registry);
    for (int i = 0; i < replicas.size(); i++) {
      for (String reason : List.of("stop", "length", "abort")) {
        success.initLabelValues(model, Integer.toString(i), reason);
      }
    }
  }

  private void states(StateMetrics metrics, Replicas replicas) {
    metrics.gauge(
        "vllm:num_requests_running", "Requests in the batch.", i -> replicas.get(i).running());
    metrics.gauge(
        "vllm:num_requests_waiting", "Requests in the queue.", i -> replicas.get(i).waiting());
    metrics.gauge(
        "vllm:kv_cache_usage_perc", "KV cache in use, 0 to 1.", i -> replicas.get(i).kvUsage());
    metrics.counter("vllm:num_preemptions", "Preemptions.", i -> replicas.get(i).preemptions());
    metrics.counter(
        "vllm:prefix_cache_queries",
        "Prompt tokens looked up in the prefix cache.",
        i -> replicas.get(i).prefixQueries());
    metrics.counter(
        "vllm:prefix_cache_hits",
        "Prompt tokens found in the prefix cache.",
        i -> replicas.get(i).prefixHits());
    metrics.counter(
        "vllm:prompt_tokens", "Prompt tokens processed.", i -> replicas.get(i).promptTokens());
    metrics.counter(
        "vllm:generation_tokens", "Tokens generated.", i -> replicas.get(i).generationTokens());
  }

  private void cacheConfig(PrometheusRegistry registry, boolean prefixCaching, Replicas replicas) {
    Info info =
        Info.builder()
            .name("vllm:cache_config")
            .help("The KV cache's settings.")
            .labelNames("block_size", "num_gpu_blocks", "enable_prefix_caching", "engine")
            .register(registry);
    for (int i = 0; i < replicas.size(); i++) {
      info.addLabelValues(
          Integer.toString(replicas.get(i).blockSize()),
          Integer.toString(replicas.get(i).totalBlocks()),
          prefixCaching ? "True" : "False",
          Integer.toString(i));
    }
  }

  private String[] labels(int replica) {
    return new String[] {model, Integer.toString(replica)};
  }

  @Override
  public void firstToken(int replica, long nanos, long ttftNanos, int promptTokensOfIt) {
    steps.add(replica, nanos, promptTokensOfIt + 1);
    ttft.nanos(replica, ttftNanos);
  }

  @Override
  public void nextToken(int replica, long nanos, long itlNanos) {
    steps.add(replica, nanos, 1);
    itl.nanos(replica, itlNanos);
  }

  @Override
  public void settle() {
    steps.close();
  }

  @Override
  public void finished(FinishedRequest request) {
    int replica = request.replica();
    success.labelValues(model, Integer.toString(replica), request.reason()).inc();
    e2e.nanos(replica, request.e2eNanos());
    queue.nanos(replica, request.queueNanos());
    prefill.nanos(replica, request.prefillNanos());
    decode.nanos(replica, request.decodeNanos());
    inference.nanos(replica, request.prefillNanos() + request.decodeNanos());
    promptTokens.count(replica, request.promptTokens());
    generationTokens.count(replica, request.outputTokens());
    mostTokens.count(replica, request.outputTokens());
    choices.count(replica, 1);
    if (request.maxTokens() > 0) {
      maxTokens.count(replica, request.maxTokens());
    }
    if (request.outputTokens() > 1) {
      tpot.nanos(replica, request.decodeNanos() / (request.outputTokens() - 1));
    }
  }
}
