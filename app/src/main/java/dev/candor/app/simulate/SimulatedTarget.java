package dev.candor.app.simulate;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Scheduler;
import dev.candor.engine.Fleet;
import dev.candor.engine.Telling;
import dev.candor.engine.cluster.Cluster;
import dev.candor.load.transport.simulated.DrawnServing;
import dev.candor.load.transport.simulated.Gate;
import dev.candor.load.transport.simulated.ServerTerms;
import dev.candor.load.transport.simulated.SimulatedServer;
import dev.candor.mock.fault.FaultTimetable;
import dev.candor.mock.prompt.PromptTokenizer;
import dev.candor.mock.times.ServedCluster;
import dev.candor.mock.times.ServedProfile;
import dev.candor.mock.times.TabulatedDistribution;
import dev.candor.scenario.ClusterPlan;
import dev.candor.scenario.MockFault;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The servers that a scenario's mock would be, in virtual time. */
public final class SimulatedTarget {
  private final Scenario scenario;
  private final MockSettings settings;
  private final PromptTokenizer tokenizer;
  private final ServedProfile profile;

  /** In place of {@link #profile}, where the scenario has one. */
  private final @Nullable ServedCluster cluster;

  private final Seed seed;

  /**
   * @param settings of the mock, with its times resolved
   * @param tokenizer cuts prompts and answers
   * @throws dev.candor.base.error.CandorException where its profile cannot be read
   */
  public SimulatedTarget(Scenario scenario, MockSettings settings, PromptTokenizer tokenizer) {
    this.scenario = scenario;
    this.settings = settings;
    this.tokenizer = tokenizer;
    this.profile = ServedProfile.of(settings);
    ClusterPlan plan = scenario.simulation().cluster();
    this.cluster = plan == null ? null : ServedCluster.of(plan);
    this.seed = new Seed(scenario.seed()).derive("mock");
  }

  /** Such as {@code simulated h100-llama3-8b × 2}. */
  public String name() {
    if (cluster != null) {
      return "simulated " + cluster.text();
    }
    return switch (profile) {
      case ServedProfile.Drawn ignored -> "simulated drawn latencies";
      case ServedProfile.Simulated engine ->
          "simulated %s × %d".formatted(engine.profile().name(), engine.replicas());
    };
  }

  /** Servers that know nothing of each other, between which its replicas are parted. */
  public int shards() {
    return cluster == null && profile instanceof ServedProfile.Simulated engine
        ? ShardPlan.of(scenario, settings, engine.replicas(), engine.routing())
        : 1;
  }

  /** The server {@code shard} of {@link #shards} on {@code scheduler}, with its faults. */
  public SimulatedServer server(int shard, Scheduler scheduler) {
    FaultTimetable faults =
        new FaultTimetable(settings.faults(), seed.derive("faults"), scheduler.nanoTime());
    SimulatedServer server = server(shard, gates(faults, scheduler.nanoTime()), scheduler);
    SimulatedFaults.apply(faults, server, scheduler);
    return server;
  }

  /** In the order in which the mock asks them. */
  private List<Gate> gates(FaultTimetable faults, long startNanos) {
    List<Gate> gates = new ArrayList<>();
    if (settings.faults().stream().anyMatch(rule -> rule.fault() instanceof MockFault.OfAnswer)) {
      gates.add(new AnswerFaultGate(faults, seed.derive("faults"), scenario.target()));
    }
    if (!settings.quotas().isEmpty()) {
      gates.add(new QuotaGate(settings.quotas(), scenario.target(), startNanos));
    }
    return gates;
  }

  private SimulatedServer server(int shard, List<Gate> gates, Scheduler scheduler) {
    ServedCluster served = cluster;
    ClusterPlan plan = scenario.simulation().cluster();
    if (served != null && plan != null) {
      return new SimulatedServer(
          (listener, ignored) ->
              new Cluster(
                  served.settings(),
                  seed.derive("engine"),
                  Telling.TOGETHER,
                  scheduler.nanoTime(),
                  listener),
          new ModelAnswers(plan.models(), served.blockSizes().stream().map(this::answers).toList()),
          terms(served.maxModelLen()),
          gates,
          scheduler);
    }
    return switch (profile) {
      case ServedProfile.Drawn(MockSettings.Times.Drawn times) ->
          new SimulatedServer(
              (listener, numbers) ->
                  new DrawnServing(
                      TabulatedDistribution.of(times.ttftNanos()),
                      TabulatedDistribution.of(times.itlNanos()),
                      seed,
                      listener,
                      numbers),
              answers(0),
              terms(Integer.MAX_VALUE),
              gates,
              scheduler);
      case ServedProfile.Simulated engine ->
          new SimulatedServer(
              (listener, ignored) ->
                  new Fleet(
                      engine.settings(),
                      engine.replicas() / shards(),
                      engine.routing(),
                      seed.derive("engine"),
                      Telling.TOGETHER,
                      listener,
                      index -> shard + index * shards()),
              answers(
                  engine.settings().kvCache().prefixCaching()
                      ? engine.settings().kvCache().blockSize()
                      : 0),
              terms(engine.settings().limits().maxModelLen()),
              gates,
              scheduler);
    };
  }

  private MockAnswers answers(int blockSize) {
    return new MockAnswers(settings, seed, tokenizer, scenario.target(), blockSize);
  }

  private ServerTerms terms(int maxModelLen) {
    return new ServerTerms(
        maxModelLen, settings.maxConcurrency(), settings.answers().tokensPerChunk());
  }
}
