package dev.candor.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.offset;
import static org.awaitility.Awaitility.await;

import dev.candor.scenario.MockFault;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.MockSettings.MetricNames;
import dev.candor.scenario.Quota;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code GET /metrics} tells, against what the mock truly did. */
final class MetricsEndpointTest {
  private static final Map<String, String> ALL = Map.of();
  private static final double NANOS = 1e9;

  /** Four at once, in 48 blocks of 4 tokens: what the test asks for does not fit. */
  private static MockSettings tight(MetricNames names, int replicas) {
    return TestProfiles.cached("tiny", replicas, null, 48).withMetrics(names);
  }

  private static MockSettings slow() {
    return TestProfiles.cached(TestProfiles.path("slow.yaml"), 1, null, null);
  }

  private static Scrape scrape(MockClient client) {
    return Scrape.of(client.get("/metrics").body());
  }

  /** Twelve at once, six of them twice, one after another: preemptions and cache hits. */
  private static List<TruthRecord> load(MockServer mock, MockClient client) {
    List<CompletableFuture<HttpResponse<String>>> pending =
        IntStream.range(0, 12).mapToObj(i -> client.chatLater(request(i, 60))).toList();
    pending.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    for (int i = 0; i < 6; i++) {
      assertThat(client.chat(request(100, 5 + i)).statusCode()).isEqualTo(200);
    }
    await().until(() -> mock.truth().size() == 18);
    assertThat(mock.truth()).allMatch(TruthRecord::complete);
    return mock.truth();
  }

  private static String request(int number, int maxTokens) {
    return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"max_tokens\":%d,\"stream\":true}"
        .formatted("question " + number + " and more words to fill some blocks", maxTokens);
  }

  private static double sum(List<TruthRecord> truth, ToDoubleFunction<TruthRecord> figure) {
    return truth.stream().mapToDouble(figure).sum();
  }

  private static double last(TruthRecord truth) {
    return truth.intended()[truth.intended().length - 1];
  }

  @Test
  void vllm_families_areThoseOfTheDocs() {
    try (MockServer mock = MockServer.start(MockOptions.of(tight(MetricNames.VLLM, 2), 1));
        MockClient client = new MockClient(mock)) {
      load(mock, client);
      Scrape scrape = scrape(client);
      assertThat(scrape.types())
          .containsOnly(
              entry("vllm:num_requests_running", "gauge"),
              entry("vllm:num_requests_waiting", "gauge"),
              entry("vllm:kv_cache_usage_perc", "gauge"),
              entry("vllm:num_preemptions_total", "counter"),
              entry("vllm:prefix_cache_queries_total", "counter"),
              entry("vllm:prefix_cache_hits_total", "counter"),
              entry("vllm:prompt_tokens_total", "counter"),
              entry("vllm:generation_tokens_total", "counter"),
              entry("vllm:request_success_total", "counter"),
              entry("vllm:cache_config_info", "gauge"),
              entry("vllm:iteration_tokens_total", "histogram"),
              entry("vllm:time_to_first_token_seconds", "histogram"),
              entry("vllm:inter_token_latency_seconds", "histogram"),
              entry("vllm:request_time_per_output_token_seconds", "histogram"),
              entry("vllm:e2e_request_latency_seconds", "histogram"),
              entry("vllm:request_queue_time_seconds", "histogram"),
              entry("vllm:request_inference_time_seconds", "histogram"),
              entry("vllm:request_prefill_time_seconds", "histogram"),
              entry("vllm:request_decode_time_seconds", "histogram"),
              entry("vllm:request_prompt_tokens", "histogram"),
              entry("vllm:request_generation_tokens", "histogram"),
              entry("vllm:request_max_num_generation_tokens", "histogram"),
              entry("vllm:request_params_max_tokens", "histogram"),
              entry("vllm:request_params_n", "histogram"),
              entry("candor_prefix_cache_evicted_blocks_total", "counter"),
              entry("DCGM_FI_DEV_GPU_UTIL", "gauge"),
              entry("DCGM_FI_DEV_FB_USED", "gauge"),
              entry("DCGM_FI_DEV_FB_FREE", "gauge"),
              entry("DCGM_FI_DEV_POWER_USAGE", "gauge"),
              entry("DCGM_FI_DEV_GPU_TEMP", "gauge"));
      assertThat(scrape.samples())
          .filteredOn(sample -> sample.name().startsWith("vllm:"))
          .filteredOn(sample -> !sample.name().equals("vllm:cache_config_info"))
          .allSatisfy(
              sample -> {
                assertThat(sample.labels()).containsEntry("model_name", "mock-model");
                assertThat(sample.labels().get("engine")).isIn("0", "1");
              });
      assertThat(scrape.all("vllm:cache_config_info", ALL))
          .extracting(Scrape.Sample::labels)
          .containsExactly(cacheConfig("0"), cacheConfig("1"));
    }
  }

  private static Map<String, String> cacheConfig(String engine) {
    return Map.of(
        "block_size", "4",
        "num_gpu_blocks", "48",
        "enable_prefix_caching", "True",
        "engine", engine);
  }

  @Test
  void vllm_values_areThoseOfTheTruth() {
    try (MockServer mock = MockServer.start(MockOptions.of(tight(MetricNames.VLLM, 1), 1));
        MockClient client = new MockClient(mock)) {
      List<TruthRecord> truth = load(mock, client);
      Scrape scrape = scrape(client);
      double preemptions = sum(truth, request -> request.preempted().length);
      double cached = sum(truth, TruthRecord::cachedTokens);
      double prompts = sum(truth, TruthRecord::promptTokens);
      double outputs = sum(truth, TruthRecord::outputTokens);
      assertThat(preemptions).isPositive();
      assertThat(cached).isPositive();
      assertThat(scrape.value("vllm:num_preemptions_total")).isEqualTo(preemptions);
      assertThat(scrape.value("vllm:prefix_cache_hits_total")).isEqualTo(cached);
      assertThat(scrape.value("vllm:prefix_cache_queries_total")).isEqualTo(prompts);
      assertThat(scrape.value("vllm:prompt_tokens_total")).isEqualTo(prompts);
      assertThat(scrape.value("vllm:generation_tokens_total")).isEqualTo(outputs);
      assertThat(scrape.value("vllm:request_success_total", Map.of("finished_reason", "length")))
          .isEqualTo(18);
      assertThat(scrape.value("vllm:request_success_total")).isEqualTo(18);
      assertThat(scrape.value("vllm:num_requests_running")).isZero();
      assertThat(scrape.value("vllm:num_requests_waiting")).isZero();
      assertThat(scrape.value("vllm:kv_cache_usage_perc")).isZero();
      assertThat(scrape.value("candor_prefix_cache_evicted_blocks_total")).isPositive();
      assertHistogram(scrape, "vllm:request_prompt_tokens", of(truth, TruthRecord::promptTokens));
      assertHistogram(
          scrape, "vllm:request_generation_tokens", of(truth, TruthRecord::outputTokens));
      assertHistogram(
          scrape, "vllm:request_max_num_generation_tokens", of(truth, TruthRecord::outputTokens));
      // All of them ended at their limit.
      assertHistogram(
          scrape, "vllm:request_params_max_tokens", of(truth, TruthRecord::outputTokens));
      assertHistogram(scrape, "vllm:request_params_n", of(truth, _ -> 1));
      assertThat(scrape.value("vllm:iteration_tokens_total_sum")).isEqualTo(prompts + outputs);
      assertThat(scrape.value("vllm:iteration_tokens_total_count"))
          .isEqualTo(
              truth.stream()
                  .flatMapToLong(request -> Arrays.stream(request.intended()))
                  .distinct()
                  .count());
    }
  }

  @Test
  void vllm_latencies_areThoseOfTheTruth() {
    try (MockServer mock = MockServer.start(MockOptions.of(tight(MetricNames.VLLM, 1), 1));
        MockClient client = new MockClient(mock)) {
      List<TruthRecord> truth = load(mock, client);
      Scrape scrape = scrape(client);
      assertHistogram(
          scrape,
          "vllm:time_to_first_token_seconds",
          of(truth, request -> (request.firstToken() - request.arrival()) / NANOS));
      assertHistogram(scrape, "vllm:inter_token_latency_seconds", gaps(truth));
      assertHistogram(
          scrape,
          "vllm:request_time_per_output_token_seconds",
          of(
              truth,
              request ->
                  (last(request) - request.firstToken()) / NANOS / (request.outputTokens() - 1)));
      assertHistogram(
          scrape,
          "vllm:e2e_request_latency_seconds",
          of(truth, request -> (last(request) - request.arrival()) / NANOS));
      assertHistogram(
          scrape,
          "vllm:request_queue_time_seconds",
          of(truth, request -> (request.start() - request.arrival()) / NANOS));
      assertHistogram(
          scrape,
          "vllm:request_inference_time_seconds",
          of(truth, request -> (last(request) - request.start()) / NANOS));
      assertHistogram(
          scrape,
          "vllm:request_prefill_time_seconds",
          of(truth, request -> (request.firstToken() - request.start()) / NANOS));
      assertHistogram(
          scrape,
          "vllm:request_decode_time_seconds",
          of(truth, request -> (last(request) - request.firstToken()) / NANOS));
    }
  }

  private static double[] of(List<TruthRecord> truth, ToDoubleFunction<TruthRecord> figure) {
    return truth.stream().mapToDouble(figure).toArray();
  }

  private static double[] gaps(List<TruthRecord> truth) {
    return truth.stream()
        .flatMapToDouble(
            request ->
                IntStream.range(1, request.intended().length)
                    .mapToDouble(i -> (request.intended()[i] - request.intended()[i - 1]) / NANOS))
        .toArray();
  }

  /** Its count, sum and every bucket are those of {@code values}. */
  private static void assertHistogram(Scrape scrape, String name, double[] values) {
    assertThat(scrape.value(name + "_count")).as(name).isEqualTo(values.length);
    assertThat(scrape.value(name + "_sum"))
        .as(name)
        .isEqualTo(DoubleStream.of(values).sum(), offset(1e-6));
    Map<Double, Double> buckets = scrape.buckets(name, ALL);
    assertThat(buckets).as(name).hasSizeGreaterThan(4).containsKey(Double.POSITIVE_INFINITY);
    buckets.forEach(
        (bound, count) ->
            assertThat(count)
                .as("%s up to %s", name, bound)
                .isEqualTo(DoubleStream.of(values).filter(value -> value <= bound).count()));
  }

  @Test
  void sglang_families_areThoseOfTheDocs_valuesThoseOfTheTruth() {
    try (MockServer mock = MockServer.start(MockOptions.of(tight(MetricNames.SGLANG, 1), 1));
        MockClient client = new MockClient(mock)) {
      List<TruthRecord> truth = load(mock, client);
      Scrape scrape = scrape(client);
      assertThat(scrape.types())
          .contains(
              entry("sglang:num_running_reqs", "gauge"),
              entry("sglang:num_queue_reqs", "gauge"),
              entry("sglang:num_used_tokens", "gauge"),
              entry("sglang:max_total_num_tokens", "gauge"),
              entry("sglang:token_usage", "gauge"),
              entry("sglang:cache_hit_rate", "gauge"),
              entry("sglang:gen_throughput", "gauge"),
              entry("sglang:prompt_tokens_total", "counter"),
              entry("sglang:generation_tokens_total", "counter"),
              entry("sglang:cached_tokens_total", "counter"),
              entry("sglang:num_requests_total", "counter"),
              entry("sglang:num_retracted_requests_total", "counter"),
              entry("sglang:evicted_tokens_total", "counter"),
              entry("sglang:time_to_first_token_seconds", "histogram"),
              entry("sglang:inter_token_latency_seconds", "histogram"),
              entry("sglang:e2e_request_latency_seconds", "histogram"));
      assertThat(scrape.types().keySet()).noneMatch(name -> name.startsWith("vllm:"));
      assertThat(scrape.samples())
          .filteredOn(sample -> sample.name().startsWith("sglang:"))
          .allMatch(
              sample ->
                  sample.has(
                      Map.of(
                          "model_name", "mock-model",
                          "engine_type", "unified",
                          "tp_rank", "0",
                          "dp_rank", "0")));
      double cached = sum(truth, TruthRecord::cachedTokens);
      assertThat(scrape.value("sglang:cached_tokens_total")).isEqualTo(cached).isPositive();
      assertThat(scrape.value("sglang:cache_hit_rate"))
          .isEqualTo(cached / sum(truth, TruthRecord::promptTokens), offset(1e-9));
      assertThat(scrape.value("sglang:prompt_tokens_total"))
          .isEqualTo(sum(truth, TruthRecord::promptTokens));
      assertThat(scrape.value("sglang:generation_tokens_total"))
          .isEqualTo(sum(truth, TruthRecord::outputTokens));
      assertThat(scrape.value("sglang:num_retracted_requests_total"))
          .isEqualTo(sum(truth, request -> request.preempted().length));
      assertThat(scrape.value("sglang:num_requests_total")).isEqualTo(18);
      assertThat(scrape.value("sglang:max_total_num_tokens")).isEqualTo(48 * 4);
      assertThat(scrape.value("sglang:evicted_tokens_total"))
          .isEqualTo(4 * scrape.value("candor_prefix_cache_evicted_blocks_total"))
          .isPositive();
      for (String idle :
          List.of("num_running_reqs", "num_queue_reqs", "num_used_tokens", "token_usage")) {
        assertThat(scrape.value("sglang:" + idle)).as(idle).isZero();
      }
      assertHistogram(
          scrape,
          "sglang:time_to_first_token_seconds",
          of(truth, request -> (request.firstToken() - request.arrival()) / NANOS));
      assertHistogram(scrape, "sglang:inter_token_latency_seconds", gaps(truth));
      assertHistogram(
          scrape,
          "sglang:e2e_request_latency_seconds",
          of(truth, request -> (last(request) - request.arrival()) / NANOS));
    }
  }

  @Test
  void duringLoad_runningWaitingUsageAndGpu_thenIdle() {
    try (MockServer mock = MockServer.start(MockOptions.of(slow(), 1));
        MockClient client = new MockClient(mock)) {
      assertThat(scrape(client).value("DCGM_FI_DEV_GPU_UTIL")).isZero();
      List<CompletableFuture<HttpResponse<String>>> pending =
          IntStream.range(0, 6).mapToObj(i -> client.chatLater(request(i, 100))).toList();
      await()
          .until(
              () -> {
                Scrape scrape = scrape(client);
                return scrape.value("vllm:num_requests_running") == 4
                    && scrape.value("vllm:num_requests_waiting") == 2
                    && scrape.value("vllm:kv_cache_usage_perc") > 0
                    && scrape.all("DCGM_FI_DEV_GPU_UTIL", ALL).stream()
                        .allMatch(gpu -> gpu.value() > 0 && gpu.value() <= 100);
              });
      pending.forEach(answer -> answer.cancel(true));
      await()
          .untilAsserted(
              () -> {
                Scrape scrape = scrape(client);
                assertThat(scrape.value("vllm:num_requests_running")).isZero();
                assertThat(scrape.value("vllm:num_requests_waiting")).isZero();
                assertThat(scrape.value("vllm:kv_cache_usage_perc")).isZero();
                assertThat(
                        scrape.value(
                            "vllm:request_success_total", Map.of("finished_reason", "abort")))
                    .isEqualTo(6);
              });
    }
  }

  @Test
  void accept_openMetrics_isWhatIsSent() {
    try (MockServer mock = MockServer.start(MockOptions.of(tight(MetricNames.VLLM, 1), 1));
        MockClient client = new MockClient(mock)) {
      HttpResponse<String> plain = client.get("/metrics");
      assertThat(plain.headers().firstValue("content-type").orElseThrow())
          .startsWith("text/plain; version=0.0.4");
      HttpResponse<String> open =
          client.get("/metrics", "accept", "application/openmetrics-text; version=1.0.0");
      assertThat(open.headers().firstValue("content-type").orElseThrow())
          .startsWith("application/openmetrics-text");
      assertThat(open.body()).endsWith("# EOF\n");
      assertThat(Scrape.of(open.body()).types())
          .contains(
              entry("vllm:num_preemptions", "counter"),
              entry("vllm:cache_config", "info"),
              entry("vllm:iteration_tokens_total", "histogram"));
    }
  }

  @Test
  void scrapes_manyAtOnceUnderLoad_areEachWhole() {
    try (MockServer mock = MockServer.start(MockOptions.of(tight(MetricNames.VLLM, 2), 1));
        MockClient client = new MockClient(mock)) {
      CompletableFuture<?> load = CompletableFuture.runAsync(() -> load(mock, client));
      List<Scrape> scrapes = new ArrayList<>();
      do {
        List<CompletableFuture<Scrape>> together =
            Stream.generate(() -> CompletableFuture.supplyAsync(() -> scrape(client)))
                .limit(2)
                .toList();
        together.forEach(scrape -> scrapes.add(scrape.join()));
      } while (!load.isDone());
      load.join();
      assertThat(scrapes)
          .allSatisfy(
              scrape -> {
                assertThat(scrape.types()).isEqualTo(scrapes.getFirst().types());
                scrape
                    .types()
                    .forEach(
                        (name, type) -> {
                          if (type.equals("histogram")) {
                            assertThat(scrape.buckets(name, ALL).get(Double.POSITIVE_INFINITY))
                                .isEqualTo(scrape.value(name + "_count"));
                          }
                        });
              });
    }
  }

  @Test
  void faultsAndRefusals_areCounted() {
    Quota twoRequests = new Quota(null, null, 2, 0, 0, 0, Quota.Kind.FIXED_WINDOW);
    MockSettings settings = tight(MetricNames.VLLM, 1).withQuotas(List.of(twoRequests));
    try (MockServer mock = MockServer.start(MockOptions.of(settings, 1));
        MockClient client = new MockClient(mock)) {
      for (int i = 0; i < 5; i++) {
        client.chat(request(i, 2));
      }
      assertThat(scrape(client).all("candor_quota_refusals_total", ALL))
          .containsExactly(
              new Scrape.Sample("candor_quota_refusals_total", Map.of("limit", "requests"), 3));
    }
    MockFault busy = new MockFault.ErrorStatus(503, null, null);
    try (MockServer mock =
            MockServer.start(MockOptions.of(tight(MetricNames.VLLM, 1), 1).withFault(busy));
        MockClient client = new MockClient(mock)) {
      for (int i = 0; i < 4; i++) {
        assertThat(client.chat(request(i, 2)).statusCode()).isEqualTo(503);
      }
      List<Scrape.Sample> faults = scrape(client).all("candor_faults_total", ALL);
      assertThat(faults).hasSize(1);
      assertThat(faults.getFirst().labels()).containsOnlyKeys("fault");
      assertThat(faults.getFirst().value()).isEqualTo(4);
    }
  }
}
