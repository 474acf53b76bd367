package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over sockets: a run's figures as others read them while it lasts, and at its end. */
final class PublishedRunTest {
  private static final String MEASURED = "warmup=\"false\"";

  @TempDir Path temp;

  @Test
  void run_prometheusPage_isTheSummary_andWaitsForOneLastReading() throws Exception {
    int port = PublishedRun.freePort();
    String url = "http://127.0.0.1:" + port + "/metrics";
    CompletableFuture<PublishedRun> running =
        CompletableFuture.supplyAsync(
            () ->
                PublishedRun.of(
                    temp,
                    "publish: {prometheus: {port: 1, linger: 10m}, labels: {team: search}}\n",
                    "--prometheus",
                    Integer.toString(port)));

    List<Scrape> scrapes = new ArrayList<>();
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              Scrape scrape = Scrape.of(url);
              if (scrape != null) {
                scrapes.add(scrape);
              }
              return scrape != null && scrape.sum("candor_run_finished") == 1;
            });
    // Would wait for 10 minutes otherwise.
    PublishedRun run = running.join();

    assertThat(run.said().error()).contains("candor: figures for Prometheus on " + url);
    assertThat(scrapes).hasSizeGreaterThan(2);
    Scrape end = scrapes.getLast();
    assertThat(end.sum("candor_requests_total", MEASURED))
        .isEqualTo(run.overall("/requests/intended"));
    assertThat(end.sum("candor_attempts_total", MEASURED))
        .isEqualTo(run.overall("/attempts"))
        .isGreaterThan(run.overall("/requests/intended"));
    assertThat(run.outcomes()).hasSize(2);
    for (Map.Entry<String, Double> outcome : run.outcomes().entrySet()) {
      String label = "outcome=\"" + outcome.getKey() + "\"";
      assertThat(end.sum("candor_requests_total", MEASURED, label)).isEqualTo(outcome.getValue());
    }
    assertThat(end.sum("candor_input_tokens_total", MEASURED))
        .isEqualTo(run.overall("/tokens/input"));
    assertThat(end.sum("candor_output_tokens_total", MEASURED))
        .isEqualTo(run.overall("/tokens/output"));
    for (String latency : List.of("ttft", "ttft_intended", "itl", "e2e")) {
      double count = run.overall("/latency/" + latency + "/count");
      assertThat(count).isPositive();
      String name = "candor_" + latency + "_seconds_";
      assertThat(end.sum(name + "count", MEASURED)).as(latency).isEqualTo(count);
      assertThat(end.sum(name + "bucket", MEASURED, "le=\"+Inf\"")).isEqualTo(count);
      assertThat(end.sum(name + "sum", MEASURED) / count * 1000)
          .as(latency)
          .isCloseTo(run.overall("/latency/" + latency + "/mean"), withPercentage(0.01));
    }
    assertThat(end.sum("candor_requests_total", "warmup=\"true\"")).isPositive();
    assertThat(end.sum("candor_good_requests_total", MEASURED))
        .isEqualTo(Math.rint(run.overall("/goodput/ratio") * run.overall("/requests/intended")));
    assertThat(end.sum("candor_cost_total", MEASURED, "currency=\"USD\""))
        .isCloseTo(run.overall("/cost/total"), withPercentage(0.01));
    assertThat(end.sum("candor_token_events_total")).isPositive();
    assertThat(end.sum("candor_publish_dropped_total")).isZero();
    assertThat(end.series().keySet())
        .allMatch(series -> series.contains("run=\"run-7\"") && series.contains("team=\"search\""));
    assertThat(GrafanaDashboard.metrics()).hasSizeGreaterThan(10);
    assertThat(end.series().keySet().stream().map(series -> series.replaceFirst("\\{.*", "")))
        .as("what the dashboard asks for")
        .containsAll(GrafanaDashboard.metrics());
    assertThat(scrapes.stream().map(scrape -> scrape.sum("candor_attempts_total")))
        .as("counters never go down")
        .isSorted();
  }

  @Test
  void run_takenPort_isSaidBeforeAnyTraffic() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      PublishedRun run =
          PublishedRun.of(temp, "", "--prometheus", Integer.toString(taken.getLocalPort()));
      assertThat(run.said().exitCode()).isEqualTo(2);
      assertThat(run.said().error())
          .contains("publish.prometheus: port %d of 127.0.0.1".formatted(taken.getLocalPort()));
      assertThat(run.directory().resolve("summary.json")).doesNotExist();
    }
  }

  @Test
  void simulate_publishesNothing_andSaysSo() throws Exception {
    Path scenario =
        Files.writeString(
            temp.resolve("s.yaml"),
            "load: [{users: 1, for: 1s}]\npublish: {prometheus: {port: 0, linger: 10m}}\n");
    Path run = temp.resolve("simulated");
    Invocation said = Invocation.of("simulate", scenario.toString(), "--out", run.toString());
    assertThat(said.error()).doesNotContain("Prometheus");
    assertThat(Files.readString(run.resolve("summary.json")))
        .contains("publish: nothing of a simulation is published");
  }
}
