package dev.candor.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.base.time.Clock;
import dev.candor.load.driver.AheadFeed;
import dev.candor.load.driver.CoreSharing;
import dev.candor.load.driver.LoadRun;
import dev.candor.load.driver.RecordingSink;
import dev.candor.load.health.ProcessHealth;
import dev.candor.load.health.RunHealth;
import dev.candor.load.transport.ChatDialect;
import dev.candor.load.transport.TraceReader;
import dev.candor.load.transport.http.HttpLoops;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.scenario.Api;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.ClientSettings;
import dev.candor.scenario.Connections;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Target;
import dev.candor.scenario.Timeouts;
import dev.candor.workload.Prompt;
import dev.candor.workload.PromptSource;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * Candor's driver and client, one loop, against a mock in another process: how late it sends, and
 * what a token costs. The first step warms up, the second is measured.
 */
public final class DriverBench {
  private static final int MOST_IN_FLIGHT = 4000;
  private static final long WARM_UP_NANOS = 8_000_000_000L;

  private DriverBench() {}

  /**
   * @param arguments the mock's port; {@code auto}, {@code epoll}, {@code io_uring}, {@code nio} or
   *     {@code busy}; {@code 5000/s} or a number of users; seconds; tokens of an answer
   */
  public static void main(String[] arguments) throws Exception {
    URI url = URI.create("http://127.0.0.1:" + arguments[0] + "/v1");
    String how = arguments[1];
    Target target = target(url, client(how));
    ChatDialect dialect = new ChatDialect(target);
    int tokens = Integer.parseInt(arguments[4]);
    Prompt prompt =
        new Prompt("bench", List.of(new Prompt.Message("user", "the same for all")), 5, tokens);
    Clock clock = Clock.system();
    CoreSharing.jvmYieldsToLoops();
    Histogram lateness = new Histogram(3);
    AtomicLong completed = new AtomicLong();
    AtomicLong other = new AtomicLong();
    AtomicLong cpuAtStart = new AtomicLong();
    AtomicLong tokensRead = new AtomicLong();
    PromptSource prompts = number -> prompt;
    try (HttpLoops loops = new HttpLoops(1, url, target, dialect, clock);
        ProcessHealth process = ProcessHealth.simple(clock);
        AheadFeed feed = new AheadFeed(prompts, dialect, 1, 4096, () -> {})) {
      feed.awaitReady();
      long origin = clock.nanoTime() + 100_000_000;
      RecordingSink sink =
          new RecordingSink(
              1,
              new TraceReader(origin, null),
              new RunHealth(1, origin, clock, process, window -> {}, window -> {}),
              attempt -> {
                if (attempt.phase() == 0) {
                  cpuAtStart.set(cpuNanos());
                  return;
                }
                if (attempt.outcome() == Outcome.COMPLETED) {
                  completed.incrementAndGet();
                } else {
                  other.incrementAndGet();
                }
                tokensRead.addAndGet(attempt.eventNanos().length);
                if (attempt.sent() != AttemptRecord.NONE
                    && attempt.connectNanos() == AttemptRecord.NONE) {
                  lateness.recordValue(Math.max(0, attempt.sent() - attempt.intended()));
                }
              },
              () -> {});
      long seconds = Long.parseLong(arguments[3]) * 1_000_000_000L;
      new LoadRun(
              loops.loops(),
              List.of(
                  step("warm-up", WARM_UP_NANOS, arguments[2]),
                  step("measured", seconds, arguments[2])),
              5_000_000_000L,
              new Seed(1),
              feed,
              sink,
              origin)
          .start()
          .get();
      long cpu = cpuNanos() - cpuAtStart.get();
      sink.close();
      System.out.printf(
          "%-8s completed %,d other %,d; sent late by p50 %.0f us, p99 %.0f us, p99.9 %.0f us, max %.1f ms; %.2f CPU s, %.2f per million tokens%n",
          how,
          completed.get(),
          other.get(),
          lateness.getValueAtPercentile(50) / 1e3,
          lateness.getValueAtPercentile(99) / 1e3,
          lateness.getValueAtPercentile(99.9) / 1e3,
          lateness.getMaxValue() / 1e6,
          cpu / 1e9,
          cpu / 1e3 / Math.max(1, tokensRead.get()));
    }
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static LoadStep step(String name, long nanos, String load) {
    boolean warmUp = name.equals("warm-up");
    if (load.endsWith("/s")) {
      double rate = Double.parseDouble(load.substring(0, load.length() - 2));
      // Of a cold JVM no more is asked than it can do.
      double from = warmUp ? rate / 50 : rate;
      return new LoadStep.Open(
          name, nanos, warmUp, from, rate, new ArrivalProcess.Poisson(), MOST_IN_FLIGHT);
    }
    int users = Integer.parseInt(load);
    return new LoadStep.Closed(name, nanos, warmUp, users, users, new Distribution.Constant(0));
  }

  private static ClientSettings client(String how) {
    if (how.equals("busy")) {
      return new ClientSettings(1, ClientSettings.Io.EPOLL, true, List.of());
    }
    for (ClientSettings.Io io : ClientSettings.Io.values()) {
      if (io.key().equals(how)) {
        return new ClientSettings(1, io, false, List.of());
      }
    }
    throw new IllegalArgumentException(how);
  }

  private static Target target(URI url, ClientSettings client) {
    return new Target(
        List.of(url),
        Api.OPENAI_CHAT,
        null,
        "mock-model",
        null,
        Map.of(),
        Map.of(),
        true,
        false,
        "max_completion_tokens",
        true,
        Timeouts.DEFAULT,
        true,
        null,
        Connections.DEFAULT,
        client,
        MockSettings.DEFAULT);
  }
}
