package dev.candor.app.web.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens, and answers each request on a virtual thread of its own. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  /** Of the JDK's server, which reads them when its first one is made. */
  private static final String MOST_CONNECTIONS = "jdk.httpserver.maxConnections";

  private static final String MOST_SECONDS_TO_ASK = "sun.net.httpserver.maxReqTime";

  /** In hand at a time, clients that watch a run among them. */
  private static final int MOST_AT_ONCE = 256;

  private static final int BACKLOG = 64;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Semaphore free = new Semaphore(MOST_AT_ONCE);
  private final Routes routes;
  private final Access access;

  private WebServer(HttpServer server, ExecutorService threads, Routes routes, Access access) {
    this.server = server;
    this.threads = threads;
    this.routes = routes;
    this.access = access;
  }

  /**
   * Starts one.
   *
   * @param port 0: any free one
   * @param token that clients must show, null: none
   * @throws CandorException where it cannot listen there
   */
  public static WebServer start(String host, int port, @Nullable String token, Routes routes) {
    if (System.getProperty(MOST_CONNECTIONS) == null) {
      System.setProperty(MOST_CONNECTIONS, "512");
    }
    if (System.getProperty(MOST_SECONDS_TO_ASK) == null) {
      System.setProperty(MOST_SECONDS_TO_ASK, "30");
    }
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), BACKLOG);
      ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
      http.setExecutor(threads);
      WebServer server =
          new WebServer(
              http, threads, routes, new Access(host, token, http.getAddress().getPort()));
      http.createContext("/", server::handle);
      http.start();
      return server;
    } catch (UnknownHostException e) {
      throw CandorException.user(
          "--host: found %s, must be a name or an address of this machine".formatted(host));
    } catch (BindException e) {
      throw CandorException.user(
          "--port: cannot listen on %s port %d: %s; --port 0 takes any that is free"
              .formatted(host, port, e.getMessage()));
    } catch (IOException e) {
      throw new CandorException(
          ErrorCode.TARGET,
          "cannot listen on %s port %d: %s".formatted(host, port, e.getMessage()),
          e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) {
    boolean taken = free.tryAcquire();
    try (exchange) {
      send(exchange, taken ? answer(exchange) : busy());
    } catch (IOException e) {
      // The client has gone.
      LOG.debug("not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (taken) {
        free.release();
      }
    }
  }

  private static Answer busy() {
    return Answer.error(503, "the dashboard has too many requests in hand; try again later");
  }

  private Answer answer(HttpExchange exchange) throws InterruptedException {
    boolean api = true;
    try {
      String method = exchange.getRequestMethod();
      List<String> path = AskedPath.segments(exchange.getRequestURI().getRawPath());
      api = !path.isEmpty() && path.getFirst().equals("api");
      access.check(method, exchange.getRequestHeaders(), api);
      Ask ask =
          new Ask(
              method,
              path,
              AskedPath.query(exchange.getRequestURI().getRawQuery()),
              java.util.Map.of(),
              exchange.getRequestHeaders(),
              exchange.getRequestBody());
      if (!access.isKnown(exchange.getRequestHeaders())) {
        return TokenPage.answer(ask, access, api);
      }
      return ask.method().equals("GET") && ask.query().containsKey(TokenPage.TOKEN) && !api
          ? TokenPage.goOn(ask, java.util.Map.of())
          : routes.answer(ask);
    } catch (Refusal e) {
      return refused(e.status(), e.words(), api);
    } catch (CandorException e) {
      if (e.code() == ErrorCode.INTERNAL) {
        LOG.error("a defect of the dashboard", e);
      }
      int status =
          switch (e.code()) {
            case USER -> 422;
            case TARGET -> 502;
            case INTERNAL -> 500;
          };
      return refused(status, String.valueOf(e.getMessage()), api);
    } catch (RuntimeException e) {
      LOG.error("a defect of the dashboard", e);
      return refused(500, "this is a defect of Candor; its log says more", api);
    }
  }

  private static Answer refused(int status, String message, boolean api) {
    return api
        ? Answer.error(status, message)
        : Answer.text(status, "text/plain; charset=utf-8", message + "\n");
  }

  private static void send(HttpExchange exchange, Answer answer)
      throws IOException, InterruptedException {
    SecurityHeaders.put(exchange.getResponseHeaders(), answer);
    boolean bodyless = exchange.getRequestMethod().equals("HEAD");
    switch (answer) {
      case Answer.Whole whole -> {
        type(exchange, whole.type());
        byte[] body = whole.body();
        if (bodyless) {
          exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
        }
        exchange.sendResponseHeaders(
            whole.status(), bodyless || body.length == 0 ? -1 : body.length);
        if (!bodyless && body.length > 0) {
          exchange.getResponseBody().write(body);
        }
      }
      case Answer.File file -> {
        long size = size(file);
        type(exchange, file.type());
        exchange.sendResponseHeaders(file.status(), bodyless || size == 0 ? -1 : size);
        if (!bodyless && size > 0) {
          copy(file, size, exchange.getResponseBody());
        }
      }
      case Answer.Events events -> {
        type(exchange, "text/event-stream");
        // A proxy in between must not collect them.
        exchange.getResponseHeaders().set("X-Accel-Buffering", "no");
        exchange.sendResponseHeaders(200, bodyless ? -1 : 0);
        if (!bodyless) {
          events.source().writeTo(exchange.getResponseBody());
        }
      }
    }
  }

  private static long size(Answer.File file) throws IOException {
    try {
      return Files.size(file.file());
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** As much as was promised: a log may grow meanwhile. */
  private static void copy(Answer.File file, long size, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = size;
    try (var in = Files.newInputStream(file.file())) {
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          throw new IOException("the file has become shorter");
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }

  private static void type(HttpExchange exchange, String type) {
    exchange.getResponseHeaders().set("Content-Type", type);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
