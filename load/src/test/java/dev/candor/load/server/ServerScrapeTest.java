package dev.candor.load.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.candor.base.time.Clock;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerSample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages of two addresses, read at the start and at the end. */
final class ServerScrapeTest {
  private final List<HttpServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  private record Page(URI url, AtomicInteger asked) {}

  /**
   * @param body of the page when it is asked for the nth time, from 1; empty: status 503
   */
  private Page serve(IntFunction<String> body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicInteger asked = new AtomicInteger();
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] text = body.apply(asked.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(text.length == 0 ? 503 : 200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return new Page(
        URI.create("http://127.0.0.1:%d/v1/".formatted(server.getAddress().getPort())), asked);
  }

  private static String hits(int value) {
    return "vllm:prefix_cache_hits_total{model_name=\"m\"} %d\n".formatted(value);
  }

  @Test
  void finish_handsOverFirstAndLastLook_perAddress_sinceTheOrigin() throws Exception {
    Page first = serve(n -> hits(n == 1 ? 5 : 50));
    Page second = serve(n -> hits(n == 1 ? 7 : 70));
    Clock clock = Clock.system();
    long origin = clock.nanoTime();
    try (ServerScrape scrape = new ServerScrape(List.of(first.url(), second.url()), clock)) {
      List<ServerSample> samples = scrape.finish(origin);
      assertThat(samples).allMatch(each -> each.metric() == ServerMetric.PREFIX_HITS);
      assertThat(values(samples, 0)).startsWith(5.0).endsWith(50.0);
      assertThat(values(samples, 1)).startsWith(7.0).endsWith(70.0);
      assertThat(samples).allMatch(each -> each.atNanos() > 0);
    }
  }

  @Test
  void addressWithoutMetrics_isAskedOnce() throws Exception {
    Page without = serve(n -> "");
    Page with = serve(n -> hits(n));
    Clock clock = Clock.system();
    try (ServerScrape scrape = new ServerScrape(List.of(with.url(), without.url()), clock)) {
      assertThat(values(scrape.finish(clock.nanoTime()), 1)).isEmpty();
    }
    assertThat(without.asked()).hasValue(1);
    assertThat(with.asked().get()).isGreaterThan(1);
  }

  private static List<Double> values(List<ServerSample> samples, int target) {
    return samples.stream()
        .filter(each -> each.target() == target)
        .map(ServerSample::value)
        .toList();
  }
}
