package dev.candor.mock.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.candor.base.time.VirtualTime;
import dev.candor.scenario.MockSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Figures that depend on time, in virtual time: two replicas of two GPUs each. */
final class MockMetricsTest {
  private static final long SECOND = 1_000_000_000L;

  private final VirtualTime time = new VirtualTime();
  private final long[] busyNanos = new long[2];
  private final long[] tokens = new long[2];

  private MockMetrics metrics(MockSettings.MetricNames names) {
    return new MockMetrics(
        names,
        "m",
        128,
        true,
        new GpuShape("H100", 2, 80_000, 72_000, 700),
        () -> IntStream.range(0, 2).mapToObj(this::state).toList(),
        time::nanoTime);
  }

  private ReplicaState state(int replica) {
    return new ReplicaState(0, 0, 0, 100, 16, 0, 0, 0, 0, 0, tokens[replica], busyNanos[replica]);
  }

  /** The values of one name, by the GPU's number. */
  private static List<Double> gpus(MockMetrics metrics, String name) {
    List<String> lines =
        told(metrics, name)
            .sorted(Comparator.comparing(line -> line.replaceFirst(".*[{,]gpu=", "")))
            .toList();
    return values(lines.stream());
  }

  private static Stream<String> told(MockMetrics metrics, String name) {
    return new String(metrics.scrape(null).body(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(name + "{"));
  }

  private static List<Double> values(Stream<String> lines) {
    return lines.map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))).toList();
  }

  /** The values of one name, in the order in which they are told. */
  private static List<Double> scrape(MockMetrics metrics, String name) {
    return values(told(metrics, name));
  }

  @Test
  void gpus_areOneForEachOfEachReplica_ofTheirOwn() {
    List<String> gpus =
        told(metrics(MockSettings.MetricNames.VLLM), "DCGM_FI_DEV_GPU_UTIL").toList();
    assertThat(gpus).hasSize(4).allMatch(line -> line.contains("modelName=\"H100\""));
    for (String label : List.of("gpu", "UUID", "device")) {
      assertThat(
              gpus.stream()
                  .map(line -> line.replaceFirst(".*[{,]" + label + "=\"([^\"]*)\".*", "$1"))
                  .collect(Collectors.toSet()))
          .as(label)
          .hasSize(4);
    }
  }

  @Test
  void gpu_memory_addsUpToItsTotal() {
    MockMetrics metrics = metrics(MockSettings.MetricNames.VLLM);
    List<Double> used = gpus(metrics, "DCGM_FI_DEV_FB_USED");
    List<Double> free = gpus(metrics, "DCGM_FI_DEV_FB_FREE");
    assertThat(used).hasSize(4).containsOnly(72_000.0);
    assertThat(free).hasSize(4).containsOnly(8_000.0);
  }

  @Test
  void gpu_load_isTheShareOfTimeInSteps() {
    MockMetrics metrics = metrics(MockSettings.MetricNames.VLLM);
    assertThat(gpus(metrics, "DCGM_FI_DEV_GPU_UTIL")).containsOnly(0.0);
    assertThat(gpus(metrics, "DCGM_FI_DEV_POWER_USAGE")).containsOnly(70.0);
    pass(10 * SECOND, 5 * SECOND, 0);
    assertThat(gpus(metrics, "DCGM_FI_DEV_GPU_UTIL")).containsExactly(50.0, 50.0, 0.0, 0.0);
    assertThat(gpus(metrics, "DCGM_FI_DEV_POWER_USAGE")).containsExactly(385.0, 385.0, 70.0, 70.0);
    assertThat(gpus(metrics, "DCGM_FI_DEV_GPU_TEMP")).containsExactly(50.0, 50.0, 32.0, 32.0);
    // From scrape to scrape, and not since the start.
    pass(10 * SECOND, 10 * SECOND, SECOND);
    assertThat(gpus(metrics, "DCGM_FI_DEV_GPU_UTIL")).containsExactly(100.0, 100.0, 10.0, 10.0);
    pass(10 * SECOND, 0, 0);
    assertThat(gpus(metrics, "DCGM_FI_DEV_GPU_UTIL")).containsOnly(0.0);
  }

  private void pass(long nanos, long... busy) {
    time.runUntil(time.nanoTime() + nanos);
    for (int i = 0; i < busy.length; i++) {
      busyNanos[i] += busy[i];
    }
  }

  /** Two who scrape a moment apart are told nearly the same. */
  @Test
  void rates_ofScrapesInQuickSuccession_goBackASecond() {
    MockMetrics metrics = metrics(MockSettings.MetricNames.SGLANG);
    pass(10 * SECOND);
    tokens[0] += 2_000;
    assertThat(scrape(metrics, "sglang:gen_throughput")).containsExactly(200.0, 0.0);
    List<Double> later = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      pass(SECOND / 1_000);
      later.add(scrape(metrics, "sglang:gen_throughput").getFirst());
    }
    assertThat(later).allSatisfy(rate -> assertThat(rate).isEqualTo(200, offset(0.1)));
    tokens[0] += 500;
    pass(SECOND);
    assertThat(scrape(metrics, "sglang:gen_throughput").getFirst())
        .isEqualTo(500 / 1.003, offset(1e-6));
  }

  @Test
  void stepTokens_ofOneInstant_areOneStep() {
    MockMetrics metrics = metrics(MockSettings.MetricNames.VLLM);
    ServerMetrics server = metrics.server();
    server.firstToken(0, 1_000, 10, 300);
    server.nextToken(0, 1_000, 10);
    server.nextToken(1, 1_000, 10);
    server.nextToken(0, 2_000, 10);
    server.nextToken(0, 2_000, 10);
    String name = "vllm:iteration_tokens_total";
    assertThat(scrape(metrics, name + "_count")).containsExactly(2.0, 1.0);
    assertThat(scrape(metrics, name + "_sum")).containsExactly(304.0, 1.0);
    // A scrape closes what is open, once.
    assertThat(scrape(metrics, name + "_count")).containsExactly(2.0, 1.0);
    assertThat(scrape(metrics, name + "_bucket").subList(0, 10))
        .isEqualTo(Arrays.asList(0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0));
  }

  @Test
  void buckets_areVllms() {
    MockMetrics metrics = metrics(MockSettings.MetricNames.VLLM);
    metrics.server().firstToken(0, 1, 1, 1);
    assertThat(bounds(metrics, "vllm:time_to_first_token_seconds"))
        .startsWith("0.001", "0.005", "0.01", "0.02", "0.04")
        .endsWith("640.0", "2560.0", "+Inf")
        .hasSize(23);
    assertThat(bounds(metrics, "vllm:inter_token_latency_seconds"))
        .startsWith("0.01", "0.025", "0.05")
        .endsWith("40.0", "80.0", "+Inf")
        .hasSize(20);
    assertThat(bounds(metrics, "vllm:e2e_request_latency_seconds"))
        .startsWith("0.3", "0.5", "0.8")
        .endsWith("1920.0", "7680.0", "+Inf")
        .hasSize(22);
    // 1, 2, 5 … up to the longest context.
    assertThat(bounds(metrics, "vllm:request_prompt_tokens"))
        .containsExactly("1.0", "2.0", "5.0", "10.0", "20.0", "50.0", "100.0", "+Inf");
  }

  private static List<String> bounds(MockMetrics metrics, String histogram) {
    return told(metrics, histogram + "_bucket")
        .filter(line -> line.contains("engine=\"0\""))
        .map(line -> line.replaceFirst(".*le=\"([^\"]*)\".*", "$1"))
        .toList();
  }
}
