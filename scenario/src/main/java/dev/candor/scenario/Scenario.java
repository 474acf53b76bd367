package dev.candor.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One load test as the user asked for it, resolved: defaults filled in, environment variables read.
 *
 * @param name labels the run and its directory
 * @param seed root of every random stream of the run
 * @param steps what load, in order; at least one that is measured
 * @param drainNanos how long after a step's end its requests in flight may still finish
 * @param slos targets per request class; the class {@code *} stands for all others
 * @param prices of tokens, null where unknown
 * @param production corpus of production traffic that the run is compared with, or null
 * @param abort when to stop before the time
 * @param sweep what finds the load that the target can take, after {@code steps}; null: no sweep
 * @param simulation of it, in place of a run
 * @param retries how what failed is tried again
 * @param budget what the run may spend
 * @param quota that the target's provider grants
 * @param tags by which the run is found again among others
 * @param publish where its figures go while it lasts
 */
public record Scenario(
    String name,
    long seed,
    Target target,
    Workload workload,
    List<LoadStep> steps,
    long drainNanos,
    Map<String, Slo> slos,
    List<Threshold> thresholds,
    @Nullable Prices prices,
    Output output,
    @Nullable Path production,
    Abort abort,
    @Nullable Sweep sweep,
    Simulation simulation,
    Retries retries,
    Budget budget,
    ProviderQuota quota,
    List<String> tags,
    Publish publish) {

  /** The class whose targets hold for every class that has none of its own. */
  public static final String EVERY_CLASS = "*";

  public Scenario {
    steps = List.copyOf(steps);
    slos = Map.copyOf(slos);
    thresholds = List.copyOf(thresholds);
    tags = List.copyOf(tags);
  }

  /** The same scenario with what {@code change} makes of a draft of it. */
  public Scenario with(Consumer<ScenarioDraft> change) {
    ScenarioDraft draft = new ScenarioDraft(this);
    change.accept(draft);
    return draft.scenario();
  }

  /** The same scenario with other load. */
  public Scenario withSteps(List<LoadStep> others) {
    return with(draft -> draft.steps = others);
  }

  /** The same scenario against another target. */
  public Scenario withTarget(Target other) {
    return with(draft -> draft.target = other);
  }

  /** The same scenario, simulated otherwise. */
  public Scenario withSimulation(Simulation other) {
    return with(draft -> draft.simulation = other);
  }

  /** The same scenario, judged by other targets. */
  public Scenario withSlos(Map<String, Slo> others) {
    return with(draft -> draft.slos = others);
  }

  /** The same scenario with other tags. */
  public Scenario withTags(List<String> others) {
    return with(draft -> draft.tags = others);
  }

  /** The same scenario whose figures go elsewhere. */
  public Scenario withPublish(Publish other) {
    return with(draft -> draft.publish = other);
  }

  /** All steps that it may come to: those of a sweep, as far as they are known, by its highest. */
  public List<LoadStep> highestSteps() {
    if (sweep == null) {
      return steps;
    }
    List<LoadStep> all = new ArrayList<>(steps);
    all.add(sweep.stepAt(sweep.to(), "sweep"));
    return all;
  }

  /** The targets of one request class, {@link Slo#NONE} where the scenario names none. */
  public Slo sloOf(String requestClass) {
    Slo own = slos.get(requestClass);
    Slo slo = own != null ? own : slos.getOrDefault(EVERY_CLASS, Slo.NONE);
    return target.streams() ? slo : slo.ofWholeAnswers();
  }
}
