package dev.candor.app.run;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.base.time.VirtualTime;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.Routing;
import dev.candor.load.driver.LoadRun;
import dev.candor.load.driver.Loop;
import dev.candor.load.driver.RequestFeed;
import dev.candor.load.driver.RunSink;
import dev.candor.load.health.LoopSecond;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.TraceReader;
import dev.candor.load.transport.simulated.SimulatedServer;
import dev.candor.load.transport.simulated.SimulatedTransport;
import dev.candor.record.AttemptRecord;
import dev.candor.record.ServerSample;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Retries;
import dev.candor.scenario.Timeouts;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The load generator's own driver against the engine simulator, in virtual time, on one thread.
 *
 * <pre>{@code
 * var run = new VirtualRun(settings, new Seed(1), prompts, answers, Timeouts.DEFAULT);
 * run.onAttempt(attempt -> ...);
 * List<PhaseRecord> phases = run.carryOut(steps);
 * }</pre>
 */
final class VirtualRun {
  private static final long SECOND = 1_000_000_000;

  final VirtualTime time = new VirtualTime();
  final SimulatedServer server;
  final LoadRun load;
  private CompletableFuture<Void> finished = new CompletableFuture<>();
  private Consumer<AttemptRecord> attempts = ignored -> {};
  private Consumer<List<ServerSample>> samples = ignored -> {};
  private Consumer<LoopSecond> seconds = ignored -> {};

  /**
   * @param inputTokens of each request; {@code outputTokens} of its answer
   */
  VirtualRun(
      EngineSettings settings,
      Seed seed,
      Distribution inputTokens,
      Distribution outputTokens,
      Timeouts timeouts) {
    this(settings, 1, seed, inputTokens, outputTokens, timeouts);
  }

  /** Against so many replicas, asked in turn. */
  VirtualRun(
      EngineSettings settings,
      int replicas,
      Seed seed,
      Distribution inputTokens,
      Distribution outputTokens,
      Timeouts timeouts) {
    server =
        new SimulatedServer(settings, replicas, Routing.ROUND_ROBIN, seed.derive("server"), time);
    SimulatedTransport transport = new SimulatedTransport(server, time, timeouts);
    Loop loop = new Loop(0, time, transport, Runnable::run);
    RequestFeed feed = new LengthsFeed(seed.derive("prompts"), inputTokens, outputTokens);
    load =
        new LoadRun(
            List.of(loop), null, Retries.NONE, seed.derive("load"), ignored -> feed, new Sink(), 0);
  }

  /** Who hears of each attempt when it has ended. */
  void onAttempt(Consumer<AttemptRecord> consumer) {
    attempts = attempts.andThen(consumer);
  }

  /** Who hears once a second of what the server tells of itself. */
  void onSamples(Consumer<List<ServerSample>> consumer) {
    samples = samples.andThen(consumer);
  }

  /** Who hears of the loop's seconds. */
  void onSecond(Consumer<LoopSecond> consumer) {
    seconds = seconds.andThen(consumer);
  }

  /**
   * Carries out {@code steps} one after another, and comes back when the last attempt has ended.
   */
  LoadRun carryOut(List<LoadStep> steps, long drainNanos) {
    long at = 0;
    for (LoadStep step : steps) {
      var _ = load.add(step, at, drainNanos);
      at += step.durationNanos();
    }
    load.complete();
    start();
    finish();
    return load;
  }

  /** Sets it going, for steps that are added while it lasts. */
  void start() {
    scrape(0);
    finished = load.start();
  }

  /** Lets time pass until the load has ended. */
  void finish() {
    while (!finished.isDone() && time.runNext()) {}
  }

  private void scrape(long nanos) {
    samples.accept(server.samples(nanos));
    if (!finished.isDone()) {
      time.at(nanos + SECOND, () -> scrape(nanos + SECOND));
    }
  }

  private final class Sink implements RunSink {
    private final TraceReader reader = new TraceReader(0, null);

    @Override
    public void ended(AttemptTrace ended) {
      attempts.accept(reader.read(ended));
    }

    @Override
    public void second(LoopSecond second) {
      seconds.accept(second);
    }

    @Override
    public AttemptTrace trace(int loop) {
      AttemptTrace trace = new AttemptTrace();
      trace.keepText(false);
      return trace;
    }
  }

  /** Requests of which only the lengths matter. */
  private static final class LengthsFeed implements RequestFeed {
    private static final byte[] NO_BODY = {};
    private final RandomGenerator random;
    private final Distribution inputTokens;
    private final Distribution outputTokens;
    private long next;

    LengthsFeed(Seed seed, Distribution inputTokens, Distribution outputTokens) {
      this.random = seed.stream();
      this.inputTokens = inputTokens;
      this.outputTokens = outputTokens;
    }

    @Override
    public @Nullable PreparedRequest poll(int loop) {
      return new PreparedRequest(next++, "test", draw(inputTokens), draw(outputTokens), NO_BODY);
    }

    private int draw(Distribution distribution) {
      return Math.max(1, (int) Math.round(distribution.sample(random)));
    }

    @Override
    public void follow(EndedCall ended, Executor loop, Consumer<List<Following>> then) {
      throw new IllegalStateException("requests by themselves have nothing that follows");
    }

    @Override
    public void close() {}
  }
}
