package dev.candor.app.quota;

import dev.candor.analysis.quota.IdealPacing;
import dev.candor.analysis.quota.LimitFit;
import dev.candor.app.run.LiveListener;
import dev.candor.app.run.ScenarioRun;
import dev.candor.app.run.SeedRuns;
import dev.candor.base.error.CandorException;
import dev.candor.base.stats.Distribution;
import dev.candor.record.AttemptRecord;
import dev.candor.record.RunReader;
import dev.candor.scenario.ArrivalProcess;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Output;
import dev.candor.scenario.Retries;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Workload;
import dev.candor.scenario.yaml.NamedRetries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Drives retry policies against a quota that was found: more than it lets pass for a while, then
 * half of it.
 */
final class PolicyDrive {
  private static final double OVERLOAD = 1.5;
  private static final double AFTERWARDS = 0.5;
  private static final double AFTERWARDS_SHARE = 0.5;
  private static final int LEAST_TOKENS = 8;
  private static final int USUAL_TOKENS = 40;

  private final Scenario base;
  private final List<LimitFit> limits;
  private final boolean simulated;
  private final Path place;
  private final long overloadNanos;

  /**
   * @param limits that were found, at least one
   * @param place under which each policy's run gets a directory
   * @param overloadNanos how long more is asked than passes
   */
  PolicyDrive(
      Scenario base, List<LimitFit> limits, boolean simulated, Path place, long overloadNanos) {
    this.base = base;
    this.limits = limits;
    this.simulated = simulated;
    this.place = place;
    this.overloadNanos = overloadNanos;
  }

  /** What came of each of {@code policies}. */
  List<PolicyFigures> drive(List<String> policies) throws InterruptedException {
    List<PolicyFigures> all = new ArrayList<>();
    for (String policy : policies) {
      Scenario scenario = scenario(policy, NamedRetries.of(policy));
      Path directory = carryOut(scenario);
      List<AttemptRecord> attempts = new ArrayList<>();
      try (RunReader reader = RunReader.open(directory)) {
        reader.forEachAttempt(attempts::add);
      }
      all.add(
          PolicyFigures.of(
              policy, attempts, limits, overloadNanos, overloadNanos + afterwardsNanos()));
    }
    return all;
  }

  private Path carryOut(Scenario scenario) throws InterruptedException {
    if (simulated) {
      return SeedRuns.all(List.of(scenario)).getFirst().run().directory();
    }
    try (ScenarioRun run = new ScenarioRun(scenario, LiveListener.SILENT)) {
      var _ = run.execute();
      return run.directory();
    }
  }

  private long afterwardsNanos() {
    return Math.round(AFTERWARDS_SHARE * overloadNanos);
  }

  private Scenario scenario(String policy, Retries retries) {
    Workload.Source source = source();
    IdealPacing pacing = new IdealPacing(limits, limits.stream().map(this::each).toList());
    double rate = pacing.ratePerSecond();
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw CandorException.user("--policy: no limit was found that could be overloaded");
    }
    return base.with(
        draft -> {
          draft.name = "quota-" + policy;
          draft.workload =
              new Workload(
                  source,
                  base.workload().tokenizer(),
                  null,
                  base.workload().salt(),
                  false,
                  List.of());
          draft.steps =
              List.of(
                  step("overload", overloadNanos, OVERLOAD * rate),
                  step("afterwards", afterwardsNanos(), AFTERWARDS * rate));
          draft.slos = Map.of();
          draft.thresholds = List.of();
          draft.output = new Output(place.resolve("policy-" + policy));
          draft.production = null;
          draft.sweep = null;
          draft.retries = retries;
        });
  }

  private static LoadStep step(String name, long nanos, double rate) {
    return new LoadStep.Open(name, nanos, false, rate, rate, new ArrivalProcess.Poisson(), null);
  }

  /** Requests for half of whose tokens an answer is asked, of such a size that all limits bind. */
  private Workload.Source source() {
    int half = tokensEach() / 2;
    return new Workload.Synthetic(
        List.of(
            new Workload.RequestClass(
                "paced", 1, new Distribution.Constant(half), new Distribution.Constant(half))));
  }

  private int tokensEach() {
    double requests = Double.NaN;
    double tokens = Double.NaN;
    for (LimitFit limit : limits) {
      switch (limit.counting()) {
        case REQUESTS -> requests = limit.perMinute().value();
        case RESERVED, SETTLED, USED -> tokens = limit.perMinute().value();
        case INPUT, OUTPUT -> tokens = 2 * limit.perMinute().value();
      }
    }
    double each = tokens / requests;
    return Double.isNaN(each) ? USUAL_TOKENS : (int) Math.clamp(each, 2 * LEAST_TOKENS, 2_000);
  }

  private double each(LimitFit limit) {
    int half = tokensEach() / 2;
    return switch (limit.counting()) {
      case REQUESTS -> 1;
      case RESERVED, SETTLED, USED -> 2.0 * half;
      case INPUT, OUTPUT -> half;
    };
  }
}
