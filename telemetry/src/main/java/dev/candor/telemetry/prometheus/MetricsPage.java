package dev.candor.telemetry.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.candor.base.error.CandorException;
import dev.candor.telemetry.figures.Figures;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page on loopback that Prometheus reads: {@code /metrics}. Safe for use by any thread; readers
 * have one thread for all of them.
 */
public final class MetricsPage implements AutoCloseable {
  private static final String PATH = "/metrics";
  private static final Set<String> READING = Set.of("GET", "HEAD");

  /** A name that leads here by a foreign site's trick is none of these. */
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])(:\\d+)?");

  private final HttpServer server;
  private final ExecutorService readers;
  private final Supplier<Figures> figures;
  private final CountDownLatch readAtTheEnd = new CountDownLatch(1);
  private volatile boolean ended;

  private MetricsPage(HttpServer server, ExecutorService readers, Supplier<Figures> figures) {
    this.server = server;
    this.readers = readers;
    this.figures = figures;
  }

  /**
   * Opens it.
   *
   * @param port 0: one that is free
   * @param threads makes a thread of a name
   * @throws CandorException where the port is taken
   */
  public static MetricsPage open(
      int port, Supplier<Figures> figures, BiFunction<String, Runnable, Thread> threads) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
      ExecutorService readers =
          Executors.newSingleThreadExecutor(work -> threads.apply("candor-metrics-page", work));
      MetricsPage page = new MetricsPage(server, readers, figures);
      server.setExecutor(readers);
      server.createContext("/", page::answer);
      server.start();
      return page;
    } catch (BindException e) {
      throw CandorException.user(
          "publish.prometheus: port %d of 127.0.0.1 cannot be had (%s); name another, or 0 for one that is free"
              .formatted(port, e.getMessage()));
    } catch (IOException e) {
      throw CandorException.user(
          "publish.prometheus: no page on port %d: %s".formatted(port, e.getMessage()));
    }
  }

  /** Its address. */
  public String address() {
    return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), PATH);
  }

  /** Notes that the figures are the run's last. */
  public void ended() {
    ended = true;
  }

  /** Waits until the run's last figures have been read; whether they were. */
  public boolean awaitReading(long nanos) throws InterruptedException {
    return readAtTheEnd.await(nanos, TimeUnit.NANOSECONDS);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String host = exchange.getRequestHeaders().getFirst("Host");
      if (host != null && !LOOPBACK.matcher(host).matches()) {
        exchange.sendResponseHeaders(403, -1);
      } else if (!exchange.getRequestURI().getPath().equals(PATH)) {
        exchange.sendResponseHeaders(404, -1);
      } else if (!READING.contains(exchange.getRequestMethod())) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        exchange.sendResponseHeaders(405, -1);
      } else {
        show(exchange);
      }
    }
  }

  private void show(HttpExchange exchange) throws IOException {
    // Ahead of the figures: what is read then may be the last.
    boolean last = ended;
    @Nullable String accept = exchange.getRequestHeaders().getFirst("Accept");
    Exposition.Page page = Exposition.of(figures.get(), accept);
    exchange.getResponseHeaders().set("Content-Type", page.contentType());
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, page.body().length);
    exchange.getResponseBody().write(page.body());
    exchange.getResponseBody().close();
    if (last) {
      readAtTheEnd.countDown();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    readers.shutdown();
  }
}
