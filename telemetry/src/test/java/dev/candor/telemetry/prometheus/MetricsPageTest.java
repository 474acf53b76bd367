package dev.candor.telemetry.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.telemetry.figures.Family;
import dev.candor.telemetry.figures.Figures;
import dev.candor.telemetry.figures.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MetricsPageTest {
  private final MetricsPage page =
      MetricsPage.open(
          0,
          () ->
              new Figures(
                  Instant.EPOCH,
                  List.of(
                      new Family(
                          "candor_cost_total",
                          "Help.",
                          Family.Kind.COUNTER,
                          List.of(new Sample.Plain(Map.of("run", "a\"b"), 1.5))),
                      new Family(
                          "candor_itl_seconds",
                          "Help.",
                          Family.Kind.HISTOGRAM,
                          List.of(
                              new Sample.Buckets(
                                  Map.of(), new double[] {0.5}, new long[] {2, 1}, 3))))),
          (name, work) -> Thread.ofPlatform().daemon().name(name).unstarted(work));

  @AfterEach
  void close() {
    page.close();
  }

  private String ask(String head) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.ofLiteral("127.0.0.1"), URI.create(page.address()).getPort())) {
      socket
          .getOutputStream()
          .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .lines()
          .collect(Collectors.joining("\n"));
    }
  }

  @Test
  void metrics_areInTheFormatThatIsAskedFor() throws IOException {
    assertThat(ask("GET /metrics HTTP/1.1\r\nHost: localhost:9"))
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-type: text/plain; version=0.0.4")
        .contains(
            "# TYPE candor_cost_total counter",
            "candor_cost_total{run=\"a\\\"b\"} 1.5",
            "# TYPE candor_itl_seconds histogram",
            "candor_itl_seconds_bucket{le=\"0.5\"} 2",
            "candor_itl_seconds_bucket{le=\"+Inf\"} 3",
            "candor_itl_seconds_count 3",
            "candor_itl_seconds_sum 3.0");
    assertThat(
            ask(
                "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/openmetrics-text; version=1.0.0"))
        .containsIgnoringCase("content-type: application/openmetrics-text")
        .endsWith("# EOF");
  }

  @Test
  void otherRequests_areRefused() throws IOException {
    assertThat(ask("GET / HTTP/1.1\r\nHost: localhost")).startsWith("HTTP/1.1 404");
    assertThat(ask("POST /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0"))
        .startsWith("HTTP/1.1 405");
    assertThat(ask("GET /metrics HTTP/1.1\r\nHost: evil.example")).startsWith("HTTP/1.1 403");
    assertThat(ask("HEAD /metrics HTTP/1.1\r\nHost: [::1]:9"))
        .startsWith("HTTP/1.1 200")
        .doesNotContain("candor_cost");
  }

  @Test
  void awaitReading_onlyAReadingAfterTheEndCounts() throws Exception {
    var _ = ask("GET /metrics HTTP/1.1\r\nHost: localhost");
    page.ended();
    assertThat(page.awaitReading(1)).isFalse();
    var _ = ask("HEAD /metrics HTTP/1.1\r\nHost: localhost");
    assertThat(page.awaitReading(1)).isFalse();
    var _ = ask("GET /metrics HTTP/1.1\r\nHost: localhost");
    assertThat(page.awaitReading(10_000_000_000L)).isTrue();
  }
}
