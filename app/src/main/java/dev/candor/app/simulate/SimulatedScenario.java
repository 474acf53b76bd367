package dev.candor.app.simulate;

import dev.candor.base.error.CandorException;
import dev.candor.engine.Profiles;
import dev.candor.scenario.Api;
import dev.candor.scenario.ClusterPlan;
import dev.candor.scenario.MockEngine;
import dev.candor.scenario.MockSettings;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Simulation;
import dev.candor.scenario.Target;
import org.jspecify.annotations.Nullable;

/** A scenario as it is simulated: its target is the engine that the simulation knows. */
public final class SimulatedScenario {
  private SimulatedScenario() {}

  /**
   * Makes it.
   *
   * @param profile an engine's name or file; null: the scenario's own
   * @param replicas of it; null: the scenario's own
   * @param records how much is kept of each attempt; null: as the scenario says
   * @throws CandorException where the scenario knows no engine, or asks what is not simulated
   */
  public static Scenario of(
      Scenario scenario,
      @Nullable String profile,
      @Nullable Integer replicas,
      Simulation.@Nullable Records records) {
    Target target = scenario.target();
    if (target.api() == Api.OPENAI_EMBEDDINGS) {
      throw CandorException.user("target.api: embeddings are not simulated, use candor run");
    }
    Simulation simulation = scenario.simulation();
    MockSettings mock = target.mock();
    if (profile != null) {
      var _ = Profiles.named(profile);
      mock = mock.withTimes(new MockSettings.Times.Simulated(MockEngine.of(profile)));
    } else if (!target.urls().isEmpty()
        && simulation.cluster() == null
        && !(mock.times() instanceof MockSettings.Times.Simulated)) {
      throw CandorException.user(
          "simulate: the target is %s, of which a simulation knows no engine; name one with --profile, such as --profile h100-llama3-8b, or leave target.url out"
              .formatted(target.urls().getFirst()));
    }
    ClusterPlan cluster = profile == null ? simulation.cluster() : null;
    if (replicas != null) {
      if (cluster != null) {
        throw CandorException.user(
            "--replicas: simulation.cluster says how many there are; change it there, or name an engine in its place with --profile");
      }
      if (!(mock.times() instanceof MockSettings.Times.Simulated(MockEngine engine))) {
        throw CandorException.user(
            "--replicas: the mock's times are drawn, which has no replicas; name an engine with --profile");
      }
      mock = mock.withTimes(new MockSettings.Times.Simulated(engine.withReplicas(replicas)));
    }
    SimulatedFaults.check(mock);
    Scenario against = scenario.withTarget(target.mockedBy(mock));
    return against.withSimulation(
        new Simulation(
            simulation.network(), cluster, records == null ? simulation.records() : records));
  }
}
