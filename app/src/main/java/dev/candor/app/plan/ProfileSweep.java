package dev.candor.app.plan;

import dev.candor.analysis.plan.EngineLimits;
import dev.candor.analysis.plan.Mix;
import dev.candor.app.run.LiveListener;
import dev.candor.app.run.SeedRuns;
import dev.candor.app.simulate.SimulatedScenario;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A sweep of one replica of a profile, in virtual time: in place of one that was measured. */
final class ProfileSweep {
  private static final double LOWEST = 0.1;
  private static final double HIGHEST = 1.5;

  private ProfileSweep() {}

  /**
   * Simulates it.
   *
   * @param place an empty directory for the run
   * @return its directory
   */
  static Path of(PlanRequest request, PlanEngine engine, Path place) throws InterruptedException {
    Scenario read = request.scenario() == null ? written(request, engine, place) : given(request);
    Path directory = place.resolve("sweep");
    Scenario simulated =
        SimulatedScenario.of(
            PeakScenario.into(read, directory), engine.engine().profile(), null, null);
    SeedRuns.Simulated done = SeedRuns.one(simulated, LiveListener.SILENT, List.of());
    return done.run().directory();
  }

  private static Scenario given(PlanRequest request) {
    Scenario scenario =
        ScenarioFile.read(
            java.util.Objects.requireNonNull(request.scenario()), Overrides.NONE, System::getenv);
    if (scenario.sweep() == null) {
      throw CandorException.user(
          "%s: has no sweep, and a plan needs the knee; write sweep: {rate: 1/s..50/s} in place of load"
              .formatted(request.scenario()));
    }
    return scenario;
  }

  private static Scenario written(PlanRequest request, PlanEngine engine, Path place) {
    Double input = request.input();
    Double output = request.output();
    if (input == null || output == null) {
      throw CandorException.user(
          "--profile: without a run nobody knows the requests; give --input and --output (tokens), or --scenario FILE with a workload and a sweep");
    }
    double saturated =
        EngineLimits.of(engine.settings(), new Mix(input, output, 0), null).requestsPerS();
    String yaml =
        String.format(
            Locale.ROOT,
            """
            name: planned
            target: {ignore_eos: true, mock: {profile: %s}}
            workload: {mix: [{name: planned, input: "%s", output: "%s"}]}
            slo: %s
            sweep:
              rate: %.6f/s..%.6f/s
              warmup: 10s
              step: {requests: 400, at_least: 10s, at_most: 120s}
              hold: {share: 80%%, for: 3m}
            """,
            "'" + engine.engine().profile().replace("'", "''") + "'",
            PeakScenario.around(input),
            PeakScenario.around(output),
            request.slo().contains("=")
                ? "{" + request.slo().replace("=", ": ") + "}"
                : request.slo(),
            saturated * LOWEST,
            saturated * HIGHEST);
    try {
      Path file = Files.writeString(place.resolve("planned.yaml"), yaml);
      return ScenarioFile.read(file, Overrides.NONE, System::getenv);
    } catch (IOException e) {
      throw new CandorException(
          ErrorCode.TARGET, "cannot write to %s: %s".formatted(place, e.getMessage()), e);
    }
  }
}
