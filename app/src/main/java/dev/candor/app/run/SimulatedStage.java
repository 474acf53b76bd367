package dev.candor.app.run;

import dev.candor.app.simulate.SimulatedTarget;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.base.random.Seed;
import dev.candor.base.time.Clock;
import dev.candor.base.time.VirtualTime;
import dev.candor.load.driver.LoadRun;
import dev.candor.load.driver.Loop;
import dev.candor.load.driver.RequestFeed;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.simulated.SimulatedLinks;
import dev.candor.load.transport.simulated.SimulatedServer;
import dev.candor.load.transport.simulated.SimulatedTransport;
import dev.candor.record.RunWriter;
import dev.candor.scenario.Scenario;
import dev.candor.workload.OpenedSource;
import dev.candor.workload.Primers;
import dev.candor.workload.SharedPrefixes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Simulated servers, a shard each, and the loops that ask them. */
final class SimulatedStage implements World.Stage, CachePreparation.Caches {
  private final Scenario scenario;
  private final SimulatedTarget target;
  private final OpenedSource prompts;
  private final Clock clock;
  private final Supplier<SimulatedRecords> records;
  private final Shards shards;
  private final BooleanSupplier interrupted;
  private final List<SimulatedServer> servers = new ArrayList<>();
  private final List<Loop> loops = new ArrayList<>();

  /**
   * @param first the time of the first shard
   * @param records of the run, once it has some
   * @param threads at most
   * @param interrupted whether the user wants it to end
   */
  SimulatedStage(
      Scenario scenario,
      SimulatedTarget target,
      OpenedSource prompts,
      VirtualTime first,
      int threads,
      BooleanSupplier interrupted,
      Supplier<SimulatedRecords> records) {
    this.interrupted = interrupted;
    this.scenario = scenario;
    this.target = target;
    this.prompts = prompts;
    this.clock = first;
    this.records = records;
    List<VirtualTime> times = new ArrayList<>(List.of(first));
    while (times.size() < target.shards()) {
      times.add(new VirtualTime());
    }
    shards = new Shards(times, threads);
    SimulatedLinks links =
        new SimulatedLinks(
            scenario.simulation().network(), new Seed(scenario.seed()).derive("network"));
    for (int i = 0; i < times.size(); i++) {
      SimulatedServer server = target.server(i, times.get(i));
      servers.add(server);
      loops.add(
          shards.loop(
              i,
              new SimulatedTransport(
                  server, times.get(i), scenario.target(), links, i, times.size())));
    }
  }

  @Override
  public String target() {
    return target.name();
  }

  @Override
  public int loops() {
    return loops.size();
  }

  @Override
  public List<String> notes() {
    return List.of(
        "simulated: in virtual time, against %s; no figure was measured"
            .formatted(target.name().replaceFirst("^simulated ", "")));
  }

  @Override
  public String calibrate() {
    return "calibrate: left out, as a simulated server counts tokens as we do";
  }

  @Override
  public List<String> prepareCache(SharedPrefixes sharedPrefixes, boolean resumed)
      throws InterruptedException {
    return CachePreparation.prepare(scenario, this, prompts, sharedPrefixes, resumed);
  }

  @Override
  public String reset(String path) {
    for (SimulatedServer server : servers) {
      if (!server.resetPrefixCaches()) {
        throw new CandorException(
            ErrorCode.TARGET,
            "workload.cache.reset: requests are still in the simulated engines' caches");
      }
    }
    return "cache: emptied ahead of the run by " + path;
  }

  @Override
  public String prime(Primers primers) throws InterruptedException {
    if (primers.prompts().isEmpty()) {
      return Priming.told(primers, 0, 0);
    }
    long begin = clock.nanoTime();
    ShardRecords records = new ShardRecords(loops.size());
    int[] failed = {0};
    int[] left = {primers.prompts().size()};
    try (RequestFeed feed = new Priming.OnceEach(primers.prompts(), null)) {
      LoadRun run =
          new LoadRun(
              loops,
              List.of(Priming.step(primers.prompts())),
              0,
              new Seed(scenario.seed()).derive("priming"),
              feed,
              records,
              begin);
      CompletableFuture<Void> finished = run.start();
      while (!pass(finished, records, failed, left)) {
        if (left[0] <= 0 && !run.stopped()) {
          run.stop();
        }
      }
    }
    return Priming.told(primers, failed[0], clock.nanoTime() - begin);
  }

  private boolean pass(
      CompletableFuture<Void> finished, ShardRecords records, int[] failed, int[] left)
      throws InterruptedException {
    try {
      boolean over = shards.advance(clock.nanoTime() + 10_000_000, finished);
      records.take(
          trace -> {
            if (trace.request >= 0) {
              left[0]--;
              failed[0] += succeeded(trace) ? 0 : 1;
            }
          },
          second -> {});
      return over;
    } catch (ExecutionException e) {
      throw new IllegalStateException("priming failed", e.getCause());
    }
  }

  private static boolean succeeded(AttemptTrace trace) {
    return trace.outcome != null && trace.outcome.success();
  }

  @Override
  public World.Traffic traffic(
      World.Feeding feeding, SharedPrefixes sharedPrefixes, RunWriter writer, Runnable stop) {
    return new SimulatedTraffic(
        scenario,
        prompts,
        feeding,
        sharedPrefixes,
        writer,
        records.get(),
        stop,
        interrupted,
        shards,
        loops,
        servers);
  }

  @Override
  public void close() {
    shards.close();
  }
}
