package dev.candor.app.plan;

import dev.candor.app.simulate.SimulatedScenario;
import dev.candor.base.stats.Distribution;
import dev.candor.scenario.Abort;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.Budget;
import dev.candor.scenario.ClusterPlan;
import dev.candor.scenario.ClusterPlan.Failure;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.MockEngine;
import dev.candor.scenario.Output;
import dev.candor.scenario.Retries;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.SimulatedNetwork;
import dev.candor.scenario.Simulation;
import dev.candor.scenario.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A plan's peak as a scenario.
 *
 * @param base the run's own: its requests and their targets
 * @param engine one replica
 * @param routing between its replicas
 * @param sessionsPerS that begin at the peak, Poisson
 * @param requestsPerS that they come to
 * @param input tokens that requests have in place of the run's, 0: the run's own workload
 * @param output the same of answers
 * @param residenceS that a request takes, about
 * @param sessionS that a conversation takes, about
 */
record PeakScenario(
    Scenario base,
    MockEngine engine,
    MockEngine.Routing routing,
    double sessionsPerS,
    double requestsPerS,
    double input,
    double output,
    double residenceS,
    double sessionS) {
  static final String PEAK = "peak";
  static final String LOSS = "loss";
  static final String AFTER = "after";

  private static final double REQUESTS = 15_000;
  private static final double SHORTEST_S = 20;
  private static final double LONGEST_S = 300;
  private static final double STAYS = 10;
  private static final String POOL = "planned";

  /** So long that the figures are steady, and not longer than there are requests enough. */
  double peakSeconds() {
    return Math.max(STAYS * residenceS, Math.clamp(REQUESTS / requestsPerS, SHORTEST_S, LONGEST_S));
  }

  /** Until requests, and conversations, end as often as they begin. */
  double settleSeconds() {
    return Math.max(10, Math.max(3 * residenceS, Math.min(LONGEST_S, 2 * sessionS)));
  }

  /** {@code replicas} at the peak. */
  Scenario steady(int replicas, Path directory) {
    return scenario(replicas, List.of(), List.of(step(PEAK, peakSeconds(), false)), directory);
  }

  /**
   * {@code replicas}, of which {@code lost} crash for good in the middle of the step {@link #LOSS}.
   */
  Scenario losing(int replicas, int lost, Path directory) {
    double crash = settleSeconds() + peakSeconds() + settleSeconds();
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < lost; i++) {
      failures.add(new Failure(POOL, i, Math.round(crash * 1e9), null, null));
    }
    return scenario(
        replicas,
        failures,
        List.of(
            step(PEAK, peakSeconds(), false),
            step(LOSS, 2 * settleSeconds(), false),
            step(AFTER, peakSeconds(), false)),
        directory);
  }

  private Scenario scenario(
      int replicas, List<Failure> failures, List<LoadStep> steps, Path directory) {
    List<LoadStep> all = new ArrayList<>();
    all.add(step("warmup", settleSeconds(), true));
    all.addAll(steps);
    MockEngine routed =
        new MockEngine(
            engine.profile(),
            replicas,
            routing,
            engine.maxNumSeqs(),
            engine.maxNumBatchedTokens(),
            engine.maxModelLen(),
            engine.chunkedPrefill(),
            engine.longPrefillThreshold(),
            engine.prefixCaching(),
            engine.blockSize(),
            engine.kvBlocks(),
            engine.maxQueue());
    ClusterPlan cluster =
        new ClusterPlan(
            List.of(new ClusterPlan.Pool(POOL, ClusterPlan.Role.BOTH, routed, List.of(), null)),
            ClusterPlan.KvTransfer.NONE,
            failures);
    Scenario peak =
        base.with(
            draft -> {
              draft.name = base.name() + "-plan";
              draft.workload = workload();
              draft.steps = all;
              draft.thresholds = List.of();
              draft.prices = null;
              draft.output = new Output(directory);
              draft.production = null;
              draft.abort = Abort.NEVER;
              draft.sweep = null;
              draft.simulation =
                  new Simulation(SimulatedNetwork.NONE, cluster, Simulation.Records.FIGURES);
              draft.retries = Retries.NONE;
              draft.budget = Budget.NONE;
              draft.tags = List.of();
            });
    return SimulatedScenario.of(peak, null, null, null);
  }

  /** The run's own, where the mix is; else requests of the wanted lengths, half to half as long. */
  private Workload workload() {
    Workload own = base.workload();
    if (input <= 0) {
      return own;
    }
    Workload.RequestClass planned =
        new Workload.RequestClass(
            base.slos().keySet().stream()
                .filter(name -> !name.equals(Scenario.EVERY_CLASS))
                .findFirst()
                .orElse(POOL),
            1,
            new Distribution.Uniform(input / 2, input * 1.5),
            new Distribution.Uniform(output / 2, output * 1.5));
    return new Workload(
        new Workload.Synthetic(List.of(planned)),
        own.tokenizer(),
        null,
        own.salt(),
        false,
        own.abandons());
  }

  private LoadStep step(String name, double seconds, boolean warmup) {
    return new LoadStep.Open(
        name,
        Math.round(seconds * 1e9),
        warmup,
        sessionsPerS,
        sessionsPerS,
        new ArrivalProcess.Poisson(),
        null);
  }

  /** Lengths from half to one and a half of a mean. */
  static String around(double mean) {
    return String.format(
        Locale.ROOT, "uniform(%.1f, %.1f)", Math.max(1, mean / 2), Math.max(1, mean * 1.5));
  }

  /** The same scenario in another directory, judged by nothing but its sweep. */
  static Scenario into(Scenario scenario, Path directory) {
    return scenario.with(
        draft -> {
          draft.thresholds = List.of();
          draft.output = new Output(directory);
          draft.production = null;
          draft.budget = Budget.NONE;
        });
  }
}
