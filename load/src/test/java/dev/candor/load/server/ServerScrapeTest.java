package dev.candor.load.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.candor.base.time.Clock;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerSample;
import dev.candor.scenario.Api;
import dev.candor.scenario.ClientSettings;
import dev.candor.scenario.Connections;
import dev.candor.scenario.MetricsPages;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Target;
import dev.candor.scenario.Timeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages of several addresses, read every 100 ms. */
final class ServerScrapeTest {
  private static final long EVERY = 100_000_000;

  private final List<HttpServer> servers = new ArrayList<>();
  private final List<ServerSample> told = new ArrayList<>();
  private final Clock clock = Clock.system();

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private URI serve(Answer answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          try (exchange) {
            answer.to(exchange);
          }
        });
    server.start();
    servers.add(server);
    return URI.create("http://127.0.0.1:%d/metrics".formatted(server.getAddress().getPort()));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] text = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, text.length);
    exchange.getResponseBody().write(text);
  }

  private static String hits(int value) {
    return "vllm:prefix_cache_hits_total{model_name=\"m\"} %d\n".formatted(value);
  }

  private static Target target(boolean auth, URI... pages) {
    return new Target(
        List.of(),
        Api.OPENAI_CHAT,
        null,
        "m",
        "s3cret",
        Map.of("x-team", "a"),
        Map.of(),
        true,
        false,
        "max_tokens",
        true,
        Timeouts.DEFAULT,
        true,
        null,
        Connections.DEFAULT,
        new ClientSettings(1, ClientSettings.Io.AUTO, false, List.of()),
        MockSettings.DEFAULT,
        new MetricsPages(true, List.of(pages), EVERY, auth));
  }

  /** Reads the pages until {@code enough} of the first one's readings have come. */
  private List<String> read(boolean auth, int enough, URI... pages) throws InterruptedException {
    CountDownLatch missing = new CountDownLatch(enough);
    try (ServerScrape scrape =
        new ServerScrape(
            target(auth, pages),
            List.of(),
            clock,
            samples -> {
              told.addAll(samples);
              if (samples.getFirst().target() == 0) {
                missing.countDown();
              }
            })) {
      scrape.start(clock.nanoTime() + EVERY);
      assertThat(missing.await(20, TimeUnit.SECONDS)).isTrue();
      List<String> notes = scrape.finish();
      assertThat(scrape.failure()).isNull();
      return notes;
    }
  }

  private List<Double> values(int target) {
    return told.stream().filter(each -> each.target() == target).map(ServerSample::value).toList();
  }

  @Test
  void pages_areReadFromBeforeTheStart_toALastLook() throws Exception {
    AtomicInteger first = new AtomicInteger();
    AtomicInteger second = new AtomicInteger();
    List<String> notes =
        read(
            false,
            3,
            serve(exchange -> send(exchange, 200, hits(first.incrementAndGet()))),
            serve(exchange -> send(exchange, 200, hits(100 + second.incrementAndGet()))));
    assertThat(notes).isEmpty();
    assertThat(told).allMatch(each -> each.metric() == ServerMetric.PREFIX_HITS);
    assertThat(values(0)).startsWith(1.0).contains((double) first.get()).isSorted();
    assertThat(values(1)).startsWith(101.0).contains(100.0 + second.get());
    assertThat(told.getLast().atNanos()).isPositive();
  }

  @Test
  void defaultPages_areThoseOfTheAddresses() {
    List<URI> addresses = List.of(URI.create("http://h:1/v1"), URI.create("http://h:2/v1/"));
    assertThat(MetricsPages.DEFAULT.of(addresses))
        .containsExactly(URI.create("http://h:1/metrics"), URI.create("http://h:2/metrics"));
  }

  @Test
  void pagesWithoutMetrics_areSaid_andTheOthersRead() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    URI gone = URI.create("http://127.0.0.1:1/metrics");
    List<String> notes =
        read(
            false,
            8,
            serve(exchange -> send(exchange, 200, hits(1))),
            serve(
                exchange -> {
                  refused.incrementAndGet();
                  send(exchange, 404, "");
                }),
            gone,
            serve(exchange -> send(exchange, 200, "[{\"iter\": 1}]")));
    assertThat(notes)
        .satisfiesExactly(
            note -> assertThat(note).endsWith("/metrics: HTTP 404"),
            note -> assertThat(note).isEqualTo("the metrics at %s: no connection".formatted(gone)),
            note -> assertThat(note).endsWith("/metrics: nothing on the page that is known"));
    assertThat(values(0)).hasSizeGreaterThanOrEqualTo(8);
    assertThat(refused).hasValueLessThanOrEqualTo(3);
  }

  @Test
  void pageThatDies_isUsedAgainOnceItReturns() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    List<String> notes =
        read(
            false,
            4,
            serve(
                exchange -> {
                  int n = asked.incrementAndGet();
                  send(exchange, n == 3 || n == 4 ? 503 : 200, hits(n));
                }));
    assertThat(values(0)).contains(1.0, 2.0, 5.0).doesNotContain(3.0, 4.0);
    assertThat(notes).hasSize(1);
    assertThat(notes.getFirst())
        .matches("the metrics at .* answered \\d+ of \\d+ times, last error: HTTP 503");
  }

  @Test
  void slowPage_holdsNoOtherUp() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    URI slow =
        serve(
            exchange -> {
              asked.incrementAndGet();
              try {
                assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              send(exchange, 200, hits(1));
            });
    AtomicInteger quick = new AtomicInteger();
    List<String> notes =
        read(
            false,
            6,
            serve(
                exchange -> {
                  if (quick.incrementAndGet() == 6) {
                    done.countDown();
                  }
                  send(exchange, 200, hits(1));
                }),
            slow);
    assertThat(values(0)).hasSizeGreaterThanOrEqualTo(6);
    assertThat(asked.get()).isLessThan(values(0).size());
    assertThat(values(1)).as("%s", notes).isNotEmpty();
  }

  @Test
  void endlessPage_isReadNoFurtherThanItsBound() throws Exception {
    byte[] block = hits(1).repeat(20_000).getBytes(StandardCharsets.UTF_8);
    AtomicReference<String> sent = new AtomicReference<>("");
    URI endless =
        serve(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              long bytes = 0;
              try {
                // A hundred times what is allowed, should nobody stop it.
                for (; bytes < 1600L << 20; bytes += block.length) {
                  exchange.getResponseBody().write(block);
                }
                sent.set("all");
              } catch (IOException e) {
                sent.set("cut");
              }
            });
    List<String> notes = read(false, 6, serve(exchange -> send(exchange, 200, hits(1))), endless);
    assertThat(notes)
        .containsExactly("the metrics at %s: a page of more than 16 MiB".formatted(endless));
    assertThat(sent).hasValue("cut");
    assertThat(values(1)).isEmpty();
  }

  @Test
  void keyAndHeaders_areSentOnlyWhereAskedFor() throws Exception {
    List<String> seen = new ArrayList<>();
    URI page =
        serve(
            exchange -> {
              seen.add(
                  exchange.getRequestHeaders().getFirst("authorization")
                      + exchange.getRequestHeaders().getFirst("x-team"));
              send(exchange, 200, hits(1));
            });
    read(false, 1, page);
    assertThat(seen).containsOnly("nullnull");
    seen.clear();
    read(true, 1, page);
    assertThat(seen).containsOnly("Bearer s3creta");
  }
}
