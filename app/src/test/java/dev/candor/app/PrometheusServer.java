package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Prometheus of its own, of the machine's package, that reads one page and takes remote write.
 */
final class PrometheusServer implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process process;
  private final String url;

  private PrometheusServer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts it, or aborts the test where there is none; with {@code prometheus} in CANDOR_REQUIRE
   * that is a failure.
   */
  static PrometheusServer start(Path folder, int scrapedPort) throws IOException {
    boolean found =
        Stream.of(String.valueOf(System.getenv("PATH")).split(":"))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "prometheus")));
    if (!found) {
      assertThat(String.valueOf(System.getenv("CANDOR_REQUIRE")))
          .as("no prometheus on PATH")
          .doesNotContain("prometheus");
      abort("no prometheus on PATH");
    }
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 500ms, scrape_timeout: 500ms}
            scrape_configs:
              - job_name: scraped
                static_configs: [{targets: ["127.0.0.1:%d"]}]
            """
                .formatted(scrapedPort));
    int port = PublishedRun.freePort();
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver",
                "--log.level=warn")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    PrometheusServer server = new PrometheusServer(process, "http://127.0.0.1:" + port);
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> server.get("/-/ready").statusCode() == 200);
    return server;
  }

  String remoteWrite() {
    return url + "/api/v1/write";
  }

  /** The values of an instant query, by the label {@code by}, empty text where it has none. */
  Map<String, Double> query(String expression, String by) throws Exception {
    HttpResponse<String> answer =
        get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    JsonNode body = JsonMapper.shared().readTree(answer.body());
    assertThat(body.at("/status").asString()).as(answer.body()).isEqualTo("success");
    Map<String, Double> values = new TreeMap<>();
    for (JsonNode each : body.at("/data/result")) {
      values.put(
          each.at("/metric/" + by).asString(""),
          Double.parseDouble(each.at("/value/1").asString()));
    }
    return values;
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(url + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
