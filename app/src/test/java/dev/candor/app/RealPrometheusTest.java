package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Prometheus knows of a run, by reading its page and by remote write, is its summary. */
final class RealPrometheusTest {
  @TempDir Path temp;

  @Test
  void run_inPrometheus_isItsSummary() throws Exception {
    int port = PublishedRun.freePort();
    try (PrometheusServer prometheus = PrometheusServer.start(temp, port)) {
      PublishedRun run =
          PublishedRun.of(
              temp,
              "publish: {prometheus: {port: %d, linger: 1m}}\n".formatted(port),
              "--remote-write",
              prometheus.remoteWrite());
      for (String job : new String[] {"scraped", "candor"}) {
        String of = "{job=\"" + job + "\",run=\"run-7\",warmup=\"false\"}[10m]";
        assertThat(
                prometheus.query(
                    "sum by (outcome) (last_over_time(candor_requests_total" + of + "))",
                    "outcome"))
            .as(job)
            .isEqualTo(run.outcomes());
        for (String latency : new String[] {"ttft", "itl", "e2e"}) {
          assertThat(
                  prometheus.query(
                      "sum(last_over_time(candor_" + latency + "_seconds_count" + of + "))", ""))
              .containsExactly(Map.entry("", run.overall("/latency/" + latency + "/count")));
          String buckets =
              "sum by (le) (last_over_time(candor_" + latency + "_seconds_bucket" + of + "))";
          for (int percent : new int[] {50, 90}) {
            if (run.overall().at("/latency/" + latency + "/p" + percent).isNull()) {
              // The run had too few of them.
              assertThat(percent).isNotEqualTo(50);
              continue;
            }
            double quantile =
                Objects.requireNonNull(
                    prometheus
                        .query("histogram_quantile(0." + percent + ", " + buckets + ")", "")
                        .get(""));
            double truth = run.overall("/latency/" + latency + "/p" + percent) / 1000;
            NavigableSet<Double> bounds = new TreeSet<>(List.of(0.0));
            prometheus
                .query(buckets, "le")
                .keySet()
                .forEach(le -> bounds.add(Double.parseDouble(le.replace("+Inf", "Infinity"))));
            // The truth has three digits.
            assertThat(truth)
                .as("p%d of %s of %s, by its buckets %s", percent, latency, job, quantile)
                .isBetween(
                    Objects.requireNonNull(bounds.lower(quantile)) * 0.999,
                    Objects.requireNonNull(bounds.ceiling(quantile)) * 1.001);
          }
        }
      }
      List<String> expressions = GrafanaDashboard.expressions();
      assertThat(expressions).hasSizeGreaterThan(20);
      for (String expression : expressions) {
        // A rate is there once two readings lie before a whole second.
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () ->
                    assertThat(
                            prometheus.query(
                                "last_over_time((%s)[5m:1s])".formatted(expression), "run"))
                        .as(expression)
                        .isNotEmpty());
      }
      assertThat(run.said().error()).doesNotContain("publish:");
    }
  }
}
