package dev.candor.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.candor.base.time.Clock;
import dev.candor.load.driver.Loop;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.Dialects;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.TraceBlock;
import dev.candor.load.transport.TraceBlocks;
import dev.candor.load.transport.http.HttpLoops;
import dev.candor.record.Outcome;
import dev.candor.scenario.Target;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What a token costs from the socket to its trace: users that ask a server again and again over one
 * event loop, without driver and recorder. Prints, second by second, tokens, CPU of the process and
 * of the loop, and bytes that the loop's thread allocated.
 *
 * <pre>{@code SocketTokens http://127.0.0.1:8000/v1 USERS SECONDS TOKENS}</pre>
 */
final class SocketTokens {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Loop loop;
  private final byte[] body;
  private final long thread;
  private long requests;
  private long failures;
  private long tokens;
  private final TraceBlocks blocks = new TraceBlocks(1 << 20, this::takeAndGiveBack);
  private final List<User> users = new ArrayList<>();

  private SocketTokens(Loop loop, int tokensAsked) throws Exception {
    this.loop = loop;
    this.body =
        """
        {"model":"mock-model","messages":[{"role":"user","content":"hello"}],\
        "stream":true,"max_tokens":%d}"""
            .formatted(tokensAsked)
            .getBytes(UTF_8);
    CompletableFuture<Long> id = new CompletableFuture<>();
    loop.executor().execute(() -> id.complete(Thread.currentThread().threadId()));
    this.thread = id.get();
  }

  /** In the writer's place. */
  private boolean takeAndGiveBack(TraceBlock block) {
    blocks.giveBack(block);
    return true;
  }

  public static void main(String[] arguments) throws Exception {
    URI url = URI.create(arguments[0]);
    int users = Integer.parseInt(arguments[1]);
    int seconds = Integer.parseInt(arguments[2]);
    Target target = target(url);
    try (HttpLoops loops = new HttpLoops(1, url, target, Dialects.of(target), Clock.system())) {
      SocketTokens bench =
          new SocketTokens(loops.loops().getFirst(), Integer.parseInt(arguments[3]));
      bench.run(users, seconds);
    }
    // Streams in flight are of no further interest.
    Runtime.getRuntime().halt(0);
  }

  private static Target target(URI url) throws IOException {
    Path scenario = Files.createTempFile("socket-tokens", ".yaml");
    try {
      Files.writeString(
          scenario,
          "target: {url: \"%s\", model: mock-model}%nload: [{users: 1, for: 1s}]%n".formatted(url));
      return ScenarioFile.read(scenario, Overrides.NONE, System::getenv).target();
    } finally {
      Files.delete(scenario);
    }
  }

  private void run(int count, int seconds) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      User user = new User();
      users.add(user);
      loop.executor().execute(user::ask);
    }
    long[] last = figures();
    for (int second = 1; second <= seconds; second++) {
      Thread.sleep(1000);
      long[] now = figures();
      double million = (now[1] - last[1]) / 1e6;
      System.out.printf(
          "%3d s: %,10.0f tokens/s, CPU s a million tokens: process %5.2f, loop %5.2f; %6.2f B a token; %d requests, %d failed%n",
          second,
          (now[1] - last[1]) / ((now[0] - last[0]) / 1e9),
          (now[2] - last[2]) / 1e9 / million,
          (now[3] - last[3]) / 1e9 / million,
          (now[4] - last[4]) / 1e6 / million,
          now[5] - last[5],
          now[6] - last[6]);
      last = now;
    }
  }

  /** Instant, tokens, CPU of the process and of the loop, bytes, requests, failures. */
  private long[] figures() {
    CompletableFuture<long[]> figures = new CompletableFuture<>();
    loop.executor()
        .execute(
            () ->
                figures.complete(
                    new long[] {
                      loop.scheduler().nanoTime(),
                      tokensSoFar(),
                      SYSTEM.getProcessCpuTime(),
                      THREADS.getThreadCpuTime(thread),
                      THREADS.getThreadAllocatedBytes(thread),
                      requests,
                      failures
                    }));
    return figures.join();
  }

  private long tokensSoFar() {
    long sum = tokens;
    for (User user : users) {
      sum += user.trace.events();
    }
    return sum;
  }

  /** Asks again as soon as it has its answer. */
  private final class User {
    private final AttemptTrace trace = new AttemptTrace(blocks);
    private final Consumer<AttemptTrace> onEnd = this::ended;

    void ask() {
      trace.keepText(false);
      trace.intended = loop.scheduler().nanoTime();
      loop.transport().start(new PreparedRequest(requests++, "", 1, 0, body), trace, onEnd);
    }

    private void ended(AttemptTrace done) {
      if (done.outcome != Outcome.COMPLETED) {
        failures++;
      }
      tokens += done.events();
      done.reset();
      loop.executor().execute(this::ask);
    }
  }
}
