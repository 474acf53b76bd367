package dev.candor.benchmarks;

import dev.candor.base.time.Clock;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.scenario.MockEngine;
import dev.candor.scenario.MockSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The cliff: conversations that come back with all they have said, against a mock whose KV cache
 * has room for {@value #ROOM} of them at their longest. Prints a row of Markdown for each number of
 * conversations; TTFT is the client's, of all turns but the first.
 *
 * <p>Argument: turns of each conversation, 12 where there is none.
 */
public final class SessionsBench {
  private static final int ROOM = 12;
  private static final int FEWEST = 10;
  private static final int MOST = 14;
  private static final int TURNS = 12;
  private static final int BLOCK_TOKENS = 16;

  private SessionsBench() {}

  public static void main(String[] arguments) throws Exception {
    int turns = arguments.length > 0 ? Integer.parseInt(arguments[0]) : TURNS;
    System.out.println(
        "| sessions | turns | TTFT p50 (ms) | TTFT p99 (ms) | hit rate | evicted blocks | preemptions |");
    System.out.println("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (int sessions = FEWEST; sessions <= MOST; sessions++) {
      run(sessions, turns);
    }
  }

  private static void run(int sessions, int turns) throws Exception {
    try (MockServer mock = MockServer.start(MockOptions.of(settings(turns), 1));
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      List<Long> ttftNanos = ChatSession.run(http, mock.baseUrl(), sessions, turns, Clock.system());
      String metrics = get(http, mock.baseUrl().resolve("/metrics"));
      System.out.printf(
          "| %d | %d | %.0f | %.0f | %.1f %% | %.0f | %.0f |%n",
          sessions,
          ttftNanos.size(),
          quantile(ttftNanos, 0.5) / 1e6,
          quantile(ttftNanos, 0.99) / 1e6,
          100
              * value(metrics, "vllm:prefix_cache_hits_total")
              / value(metrics, "vllm:prefix_cache_queries_total"),
          value(metrics, "candor_prefix_cache_evicted_blocks_total"),
          value(metrics, "vllm:num_preemptions_total"));
    }
  }

  private static MockSettings settings(int turns) {
    int blocks = ROOM * (ChatSession.longestTokens(turns) / BLOCK_TOKENS + 1);
    return MockSettings.of(
        new MockSettings.Times.Simulated(
            new MockEngine(
                "h100-llama3-8b",
                1,
                MockEngine.Routing.ROUND_ROBIN,
                null,
                null,
                131_072,
                null,
                null,
                true,
                BLOCK_TOKENS,
                blocks,
                null)));
  }

  private static String get(HttpClient http, URI uri) throws Exception {
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static double value(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static long quantile(List<Long> values, double share) {
    List<Long> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
  }
}
