package dev.candor.app.cli;

import dev.candor.app.web.Dashboard;
import dev.candor.app.web.http.Access;
import dev.candor.base.error.CandorException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code candor serve}. */
@Command(
    name = "serve",
    description =
        "Serves the dashboard: runs so far, runs while they last, a run's start, comparisons and trends (docs/dashboard.md). Ctrl-C ends it; runs that it has started go on.")
final class ServeCommand implements Callable<Integer> {
  private static final int SHORTEST_TOKEN = 16;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "0: any free one. Default: ${DEFAULT-VALUE}.")
  int port = 8080;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The folder with runs/ and scenarios/; nothing outside it can be reached. Default: this one, into whose runs/ candor run writes.")
  Path data = Path.of(".");

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "The address to listen on. Any but loopback needs a token. Default: ${DEFAULT-VALUE}.")
  String host = "127.0.0.1";

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "What clients must show, at least 16 characters; 'env' reads it from CANDOR_TOKEN. Without it one is made where --host is not loopback.")
  @Nullable String token;

  @Override
  public Integer call() throws InterruptedException {
    String shown = token();
    CountDownLatch ended = new CountDownLatch(1);
    try (Dashboard dashboard = Dashboard.start(data, host, port, shown)) {
      Signals.register("INT", ended::countDown);
      Signals.register("TERM", ended::countDown);
      System.out.printf(
          "candor serve: http://%s:%d/%s (data %s, Ctrl-C ends it)%n",
          host.contains(":") ? "[" + host + "]" : host,
          dashboard.port(),
          shown == null || token != null ? "" : "?token=" + shown,
          data.toAbsolutePath().normalize());
      System.out.flush();
      ended.await();
    }
    return ExitCode.OK;
  }

  private @Nullable String token() {
    String given = "env".equals(token) ? System.getenv("CANDOR_TOKEN") : token;
    if (token != null && (given == null || given.strip().length() < SHORTEST_TOKEN)) {
      throw CandorException.user(
          "--token: must have at least %d characters, as whoever guesses it can start runs; without --token one is made"
              .formatted(SHORTEST_TOKEN));
    }
    if (given != null) {
      return given.strip();
    }
    return Access.isLoopback(host) ? null : fresh();
  }

  private static String fresh() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
