package dev.candor.load.server;

import dev.candor.base.time.Clock;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerSample;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reads {@code /metrics} of every address once a second, on a thread of its own, as long as it
 * answers with metrics that are known. An address that does not is asked no more: most services
 * have none.
 */
public final class ServerScrape implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long EVERY_MILLIS = 1000;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final List<URI> pages = new ArrayList<>();
  private final Clock clock;
  private final boolean[] told;
  private final boolean[] silent;
  private final List<Taken> taken = new ArrayList<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("candor-metrics").factory());

  private record Taken(long nanos, int target, Map<ServerMetric, Double> values) {}

  /** Reads once, and then every second until it is closed. */
  public ServerScrape(List<URI> urls, Clock clock) {
    this.clock = clock;
    urls.forEach(url -> pages.add(url.resolve("/metrics")));
    told = new boolean[pages.size()];
    silent = new boolean[pages.size()];
    take();
    var _ =
        thread.scheduleAtFixedRate(this::take, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void take() {
    for (int target = 0; target < pages.size(); target++) {
      if (!silent[target]) {
        take(target);
      }
    }
  }

  private void take(int target) {
    long before = clock.nanoTime();
    Map<ServerMetric, Double> values = Map.of();
    try {
      HttpResponse<String> page =
          client.send(
              HttpRequest.newBuilder(pages.get(target)).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      values = page.statusCode() == 200 ? Exposition.read(page.body()) : values;
    } catch (IOException e) {
      // Answered below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (values.isEmpty()) {
      // A page that came before may come again: a busy server is late, or refuses.
      silent[target] = !told[target];
      return;
    }
    told[target] = true;
    long between = before + (clock.nanoTime() - before) / 2;
    synchronized (taken) {
      taken.add(new Taken(between, target, values));
    }
  }

  /**
   * Ends it with a last look, and hands over what was told; {@code origin} is the run's start on
   * the clock.
   */
  public List<ServerSample> finish(long origin) throws InterruptedException {
    thread.shutdown();
    if (thread.awaitTermination(PATIENCE.toMillis() * 2, TimeUnit.MILLISECONDS)) {
      take();
    }
    List<ServerSample> samples = new ArrayList<>();
    synchronized (taken) {
      for (Taken each : taken) {
        each.values()
            .forEach(
                (metric, value) ->
                    samples.add(
                        new ServerSample(each.nanos() - origin, each.target(), metric, value)));
      }
    }
    return samples;
  }

  @Override
  public void close() {
    thread.shutdownNow();
    client.close();
  }
}
