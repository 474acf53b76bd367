package dev.candor.app.plan;

import dev.candor.analysis.fit.EngineFit;
import dev.candor.analysis.fit.FitOptions;
import dev.candor.analysis.fit.Fitted;
import dev.candor.analysis.fit.FittedYaml;
import dev.candor.analysis.fit.MeasuredRun;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.LatencyProfile;
import dev.candor.engine.Profiles;
import dev.candor.mock.times.ServedProfile;
import dev.candor.record.RunReader;
import dev.candor.scenario.ClusterPlan;
import dev.candor.scenario.MockEngine;
import dev.candor.scenario.MockSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The engine behind the runs, as simulations and formulas know it.
 *
 * @param engine one replica
 * @param settings of it
 * @param from where it was taken from, in words
 */
record PlanEngine(MockEngine engine, EngineSettings settings, String from) {

  /** A profile that the user has named. */
  static PlanEngine named(String profile) {
    return of(MockEngine.of(profile), "the profile " + profile);
  }

  /**
   * Of a run: what it simulated, else what fits it.
   *
   * @param replicas behind its address
   * @param place where a fitted profile may be written
   * @throws CandorException where it cannot be fitted
   */
  static PlanEngine of(PlannedRun run, int replicas, Path place) {
    MockEngine simulated = run.info().machine().equals("simulated") ? simulated(run) : null;
    if (simulated != null) {
      return of(simulated.withReplicas(1), "the engine that the run simulated");
    }
    try (RunReader reader = RunReader.open(run.path())) {
      Fitted fitted =
          EngineFit.of(
                  java.util.List.of(MeasuredRun.of(run.name(), reader)),
                  new FitOptions("fitted", null, replicas))
              .fit();
      Path file = place.resolve("engine.yaml");
      Files.writeString(file, FittedYaml.of(fitted));
      return of(
          MockEngine.of(file.toAbsolutePath().toString()),
          "fitted to %s (%s)".formatted(run.name(), fitted.error()));
    } catch (IOException e) {
      throw new CandorException(
          ErrorCode.TARGET, "cannot write to %s: %s".formatted(place, e.getMessage()), e);
    }
  }

  private static @Nullable MockEngine simulated(PlannedRun run) {
    ClusterPlan cluster = run.scenario().simulation().cluster();
    if (cluster != null) {
      return cluster.pools().size() == 1 ? cluster.pools().getFirst().engine() : null;
    }
    return run.scenario().target().mock().times()
            instanceof MockSettings.Times.Simulated(MockEngine engine)
        ? engine
        : null;
  }

  private static PlanEngine of(MockEngine engine, String from) {
    return switch (Profiles.named(engine.profile())) {
      case EngineProfile profile ->
          new PlanEngine(engine, ServedProfile.simulated(profile, engine).settings(), from);
      case LatencyProfile latencies ->
          throw CandorException.user(
              "--profile: the profile '%s' has latencies and no engine, so that nothing fills up in it; name one that has (candor profile list)"
                  .formatted(latencies.name()));
    };
  }
}
