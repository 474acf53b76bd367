package dev.candor.app.run;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Clock;
import dev.candor.base.time.VirtualTime;
import dev.candor.load.driver.DirectFeed;
import dev.candor.load.driver.Leavers;
import dev.candor.load.driver.LoadRun;
import dev.candor.load.driver.Loop;
import dev.candor.load.driver.RequestFeed;
import dev.candor.load.driver.RunSink;
import dev.candor.load.health.ProcessHealth;
import dev.candor.load.health.RunHealth;
import dev.candor.load.transport.TraceReader;
import dev.candor.load.transport.simulated.SimulatedServer;
import dev.candor.record.PhaseRecord;
import dev.candor.record.RunWriter;
import dev.candor.scenario.Scenario;
import dev.candor.workload.OpenedSource;
import dev.candor.workload.SharedPrefixes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A load in virtual time: requests that are made as they are sent, and recorded at barriers. */
final class SimulatedTraffic implements World.Traffic {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Of a second that is taken in as it ends: nothing waits, whatever the barrier's instant. */
  private static final Clock NO_DELAY = new VirtualTime();

  private final Runnable stop;
  private final Shards shards;
  private final ShardRecords ended;
  private final List<Loop> loops;
  private final List<SimulatedServer> servers;
  private final RunWriter writer;
  private final SimulatedRecords records;
  private final Scenario scenario;
  private final Map<Integer, DirectFeed> ofReplays = new TreeMap<>();
  private final @Nullable DirectFeed shared;
  private final BooleanSupplier interrupted;
  private final ProcessHealth process = ProcessHealth.simulated(NO_DELAY);
  private @Nullable Recording recording;
  private boolean stopped;
  private @Nullable LoadRun load;

  private record Recording(long origin, Intake intake, TraceReader reader, RunHealth health) {}

  SimulatedTraffic(
      Scenario scenario,
      OpenedSource prompts,
      World.Feeding feeding,
      SharedPrefixes sharedPrefixes,
      RunWriter writer,
      SimulatedRecords records,
      Runnable stop,
      BooleanSupplier interrupted,
      Shards shards,
      List<Loop> loops,
      List<SimulatedServer> servers) {
    this.stop = stop;
    this.interrupted = interrupted;
    this.shards = shards;
    this.ended = new ShardRecords(loops.size());
    this.loops = loops;
    this.servers = servers;
    this.writer = writer;
    this.records = records;
    this.scenario = scenario;
    Leavers leavers =
        new Leavers(scenario.workload().abandons(), new Seed(scenario.seed()).derive("abandon"));
    FeedNumbers.ofReplays(scenario.steps(), feeding.replays(), null)
        .forEach(
            (step, first) ->
                ofReplays.put(step, feed(prompts, leavers, sharedPrefixes, first, loops.size())));
    Long others = FeedNumbers.ofOthers(scenario.steps(), feeding.replays(), null);
    shared = others == null ? null : feed(prompts, leavers, sharedPrefixes, others, loops.size());
  }

  private static DirectFeed feed(
      OpenedSource prompts, Leavers leavers, SharedPrefixes sharedPrefixes, long first, int loops) {
    // What a loop's requests share is what its own servers' caches can hold.
    return new DirectFeed(
        prompts.source(),
        leavers,
        loop -> loop == 0 ? sharedPrefixes : new SharedPrefixes(),
        first,
        loops);
  }

  @Override
  public List<Loop> loops() {
    return loops;
  }

  @Override
  public RequestFeed feed(int step) {
    RequestFeed own = ofReplays.get(step);
    if (own != null) {
      return own;
    }
    if (shared == null) {
      throw new IllegalArgumentException("step " + step + " has no feed");
    }
    return shared;
  }

  @Override
  public void awaitReady() {}

  @Override
  public RunSink record(long origin, Intake intake, @Nullable Path spill) {
    recording =
        new Recording(
            origin,
            intake,
            new TraceReader(origin, null),
            new RunHealth(
                loops.size(), origin, NO_DELAY, process, intake::early, intake::complete));
    return ended;
  }

  @Override
  public void begins(LoadRun run, @Nullable List<PhaseRecord> planned) {
    load = run;
    if (planned != null) {
      records.planned(planned, scenario);
    }
  }

  @Override
  public boolean await(CompletableFuture<Void> finished, long nanos)
      throws InterruptedException, ExecutionException {
    Recording to = recording();
    long until = shards.now() + nanos;
    boolean over = false;
    while (!over && shards.now() < until) {
      if (interrupted.getAsBoolean() && !stopped) {
        stopped = true;
        stop.run();
      }
      long second = to.origin() + (Math.floorDiv(shards.now() - to.origin(), SECOND) + 1) * SECOND;
      over = shards.advance(Math.min(until, second), finished);
      take(to);
      if (over || shards.now() == second) {
        writer.appendServer(SimulatedServer.samples(servers, shards.now() - to.origin()));
      }
    }
    return over;
  }

  private void take(Recording to) {
    ended.take(
        trace -> to.intake().attempt(to.reader().read(trace)),
        second -> to.health().add(second, 0, 0));
    if (load != null) {
      records.settledBefore(Math.min(load.pendingSince(), shards.now()) - to.origin());
    }
  }

  private Recording recording() {
    if (recording == null) {
      throw new IllegalStateException("nothing is recorded yet");
    }
    return recording;
  }

  @Override
  public boolean idle() {
    return ended.isEmpty();
  }

  @Override
  public long lost() {
    return 0;
  }

  @Override
  public boolean interrupted() {
    return interrupted.getAsBoolean();
  }

  @Override
  public List<String> finish() {
    Recording to = recording();
    take(to);
    to.health().finish();
    records.finish();
    return List.of();
  }

  @Override
  public void close() {
    process.close();
    if (recording != null) {
      recording.reader().close();
    }
  }
}
