package dev.candor.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A scenario that is being changed: its components, to be set. Not for more than one thread. */
public final class ScenarioDraft {
  public String name;
  public long seed;
  public Target target;
  public Workload workload;
  public List<LoadStep> steps;
  public long drainNanos;
  public Map<String, Slo> slos;
  public List<Threshold> thresholds;
  public @Nullable Prices prices;
  public Output output;
  public @Nullable Path production;
  public Abort abort;
  public @Nullable Sweep sweep;
  public Simulation simulation;
  public Retries retries;
  public Budget budget;
  public ProviderQuota quota;
  public List<String> tags;
  public Publish publish;

  ScenarioDraft(Scenario scenario) {
    name = scenario.name();
    seed = scenario.seed();
    target = scenario.target();
    workload = scenario.workload();
    steps = scenario.steps();
    drainNanos = scenario.drainNanos();
    slos = scenario.slos();
    thresholds = scenario.thresholds();
    prices = scenario.prices();
    output = scenario.output();
    production = scenario.production();
    abort = scenario.abort();
    sweep = scenario.sweep();
    simulation = scenario.simulation();
    retries = scenario.retries();
    budget = scenario.budget();
    quota = scenario.quota();
    tags = scenario.tags();
    publish = scenario.publish();
  }

  Scenario scenario() {
    return new Scenario(
        name,
        seed,
        target,
        workload,
        steps,
        drainNanos,
        slos,
        thresholds,
        prices,
        output,
        production,
        abort,
        sweep,
        simulation,
        retries,
        budget,
        quota,
        tags,
        publish);
  }
}
