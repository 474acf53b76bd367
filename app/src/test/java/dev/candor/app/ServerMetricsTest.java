package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the mock tells of itself, through a whole run. */
final class ServerMetricsTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir Path temp;

  private JsonNode run(String target, String load) throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("told.yaml"),
            """
            name: told
            target: {ignore_eos: true, %s}
            workload: {mix: [{name: q, input: "uniform(100, 400)", output: 40}]}
            load:
              %s
            """
                .formatted(target, load));
    Invocation run =
        Invocation.of("run", file.toString(), "--out", temp.resolve("run").toString(), "--json");
    assertThat(run.carriedOut()).as(run.error()).isTrue();
    return JSON.readTree(run.output());
  }

  @Test
  void run_tellsTheServersSide_byPhase_andAgreesWithTheClients() throws IOException {
    JsonNode summary =
        run(
            "mock: {profile: h100-llama3-8b, engine: {max_num_seqs: 8}}",
            "[{users: 4, for: 2s, warmup: true}, {name: easy, users: 4, for: 3s}, "
                + "{name: full, users: 16, for: 3s}]");
    JsonNode server = summary.path("server");
    assertThat(server.at("/pages/0").asString()).isEqualTo("embedded mock");
    JsonNode easy = server.at("/phases/0");
    JsonNode full = server.at("/phases/1");
    assertThat(full.path("name").asString()).isEqualTo("full");
    assertThat(easy.at("/waiting/mean").asDouble(-1)).isBetween(0.0, 2.0);
    assertThat(full.at("/waiting/mean").asDouble()).isGreaterThan(4);
    assertThat(full.at("/running/max").asDouble()).isBetween(6.0, 8.0);
    assertThat(full.at("/kv_usage/mean").asDouble()).isBetween(0.0001, 0.5);
    assertThat(full.path("preemptions").asDouble(-1)).isZero();
    // Tokens that the server made are those that we read.
    double ours = summary.at("/phases/1/rates/output_tps").asDouble();
    assertThat(full.path("output_tps").asDouble()).isCloseTo(ours, within(0.1 * ours));
    assertThat(server.at("/overall/latency/ttft/count").asDouble()).isGreaterThan(50);

    // Where the network is loopback, client and server agree to within a bucket.
    for (String latency : new String[] {"ttft", "itl", "e2e"}) {
      JsonNode difference = full.at("/latency/" + latency + "/difference/p50");
      assertThat(difference.path("low").asDouble(99))
          .as("%s: %s", latency, full.at("/latency/" + latency))
          .isLessThan(20);
      assertThat(difference.path("high").asDouble(-99)).isGreaterThan(-20);
    }
    assertThat(full.at("/latency/queue/mean").asDouble()).isGreaterThan(10);

    // Between an idle card's 70 W and the 700 W of its limit.
    JsonNode gpu = full.path("gpu");
    double watts = gpu.at("/power_w/mean").asDouble();
    assertThat(watts).isBetween(70.0, 700.0);
    assertThat(gpu.path("energy_j").asDouble()).isCloseTo(watts * 3, within(watts * 0.5));
    assertThat(gpu.path("energy_counted").asBoolean()).isFalse();
    assertThat(gpu.path("joules_per_output_token").asDouble())
        .isCloseTo(watts / ours, within(0.2 * watts / ours));
    assertThat(gpu.at("/memory_used_bytes/max").asDouble())
        .isBetween(10e9, gpu.path("memory_total_bytes").asDouble());

    assertThat(Files.readString(temp.resolve("run/report.html")))
        .contains("Client and server on one clock")
        .contains("Running and waiting");
    assertThat(Files.readString(temp.resolve("run/scenario.yaml"))).contains("every: 1s");
    Invocation again = Invocation.of("report", temp.resolve("run").toString(), "--json");
    assertThat(JSON.readTree(again.output()).path("server")).isEqualTo(server);
  }

  @Test
  void run_pagesThatDoNotAnswer_areSaid_andTheRunGoesOn() throws IOException {
    JsonNode summary =
        run(
            "metrics: {urls: ['http://127.0.0.1:1/metrics', 'http://127.0.0.1:2/metrics']}",
            "[{users: 2, for: 1s}]");
    assertThat(summary.path("server").isNull()).isTrue();
    assertThat(summary.path("notes").toString())
        .contains("the metrics at http://127.0.0.1:1/metrics: no connection")
        .contains("the metrics at http://127.0.0.1:2/metrics: no connection");
    assertThat(summary.at("/overall/requests/failed").asInt(-1)).isZero();
  }

  @Test
  void run_withoutMetrics_asksNobody() throws IOException {
    JsonNode summary =
        run("metrics: false, mock: {profile: h100-llama3-8b}", "[{users: 2, for: 1s}]");
    assertThat(summary.path("server").isNull()).isTrue();
    assertThat(summary.path("notes").toString()).doesNotContain("the metrics at");
    assertThat(temp.resolve("run/server.parquet")).doesNotExist();
  }
}
