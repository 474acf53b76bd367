package dev.candor.app.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.run.LiveListener;
import dev.candor.app.run.SeedRuns;
import dev.candor.app.simulate.SimulatedScenario;
import dev.candor.record.RunReader;
import dev.candor.scenario.Prices;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Simulation;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Estimates against what the simulated run then measures. */
final class EstimatorTest {
  @TempDir Path temp;

  private Scenario read(Path file, String directory) {
    return ScenarioFile.read(file, into(temp.resolve(directory)), variable -> "");
  }

  private static Overrides into(Path directory) {
    return new Overrides(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        directory.toString(),
        null,
        List.of());
  }

  private Scenario scenario(String yaml) throws IOException {
    return read(Files.writeString(temp.resolve("scenario.yaml"), yaml), "run");
  }

  /** What the run took, as its records have it. */
  private record Truth(Tally tally, double seconds) {
    double cost(Prices prices) {
      return prices.cost(
          Math.round(tally.input - tally.shared),
          Math.round(tally.shared),
          0,
          Math.round(tally.output));
    }
  }

  private static Truth simulated(Scenario scenario) throws InterruptedException {
    SeedRuns.Simulated done =
        SeedRuns.one(
            SimulatedScenario.of(scenario, null, null, Simulation.Records.TOKENS),
            LiveListener.SILENT,
            List.of());
    try (RunReader reader = RunReader.open(done.run().directory())) {
      return new Truth(SimulatedEstimate.tally(reader), reader.info().durationNanos() / 1e9);
    }
  }

  private static void assertContains(Estimate estimate, Truth truth, Scenario scenario) {
    assertThat(estimate.requests().contains(truth.tally().requests))
        .as("%f requests in %s", truth.tally().requests, estimate)
        .isTrue();
    assertThat(estimate.input().contains(truth.tally().input))
        .as("%f input tokens in %s", truth.tally().input, estimate)
        .isTrue();
    assertThat(estimate.output().contains(truth.tally().output))
        .as("%f output tokens in %s", truth.tally().output, estimate)
        .isTrue();
    assertThat(estimate.seconds().contains(truth.seconds()))
        .as("%f s in %s", truth.seconds(), estimate)
        .isTrue();
    Prices prices = scenario.prices();
    if (prices != null) {
      assertThat(Objects.requireNonNull(estimate.cost()).contains(truth.cost(prices)))
          .as("cost %f in %s", truth.cost(prices), estimate)
          .isTrue();
    }
  }

  /** Without a simulation, from the mock's times or what is assumed of any target. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "quickstart",
        "chat",
        "sessions",
        "open-loop",
        "agent",
        "bursts",
        "replay",
        "abandon",
        "azure-trace",
        "mooncake-trace",
        "cache",
        "overload",
        "sweep"
      })
  void unsimulated_holdsWhatTheSimulationMeasures(String example) throws Exception {
    Scenario scenario = read(Path.of("../examples", example + ".yaml"), example);
    Estimate estimate = Estimator.of(scenario, Assumptions.of(scenario, Assumptions.NOTHING_KNOWN));
    assertContains(estimate, simulated(scenario), scenario);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quickstart", "sessions", "engine"})
  void ofTheMock_isItsSimulation_withRoomForRealTime(String example) throws Exception {
    Path file = Path.of("../examples", example + ".yaml");
    Scenario scenario = read(file, example);
    Estimate roughly = Estimator.of(scenario, Assumptions.NOTHING_KNOWN);
    Estimate estimate = Objects.requireNonNull(SimulatedEstimate.of(scenario, roughly));
    Truth truth = simulated(read(file, example + "-again"));
    assertContains(estimate, truth, scenario);
    assertThat(estimate.requests().likely()).isEqualTo(truth.tally().requests);
    assertThat(estimate.requests().high() / estimate.requests().low()).isLessThan(1.2);
  }

  @Test
  void sweepOfTheMock_hasRoomForAnotherPath() throws Exception {
    Scenario scenario = read(Path.of("../examples/sweep.yaml"), "sweep");
    Estimate roughly = Estimator.of(scenario, Assumptions.of(scenario, Assumptions.NOTHING_KNOWN));
    Estimate estimate = Objects.requireNonNull(SimulatedEstimate.of(scenario, roughly));
    assertThat(estimate.requests().high()).isEqualTo(2 * estimate.requests().likely());
    assertThat(roughly.requests().contains(estimate.requests().likely())).isTrue();
  }

  @Test
  void openLoop_exactLengths_isExact() throws Exception {
    Scenario scenario =
        scenario(
            """
            target: {ignore_eos: true, mock: {ttft: 100ms, itl: 1ms}}
            workload: {mix: [{input: 100, output: "uniform(10, 30)"}]}
            load: [{rate: 20/s, arrivals: poisson, for: 10s, warmup: true}, {rate: 50/s, arrivals: poisson, for: 20s}]
            prices: {input: 2, output: 8}
            """);
    Estimate estimate = Estimator.of(scenario, Assumptions.NOTHING_KNOWN);
    Truth truth = simulated(scenario);
    assertThat(estimate.requests())
        .isEqualTo(
            new Range(truth.tally().requests, truth.tally().requests, truth.tally().requests));
    assertThat(estimate.output().likely()).isEqualTo(truth.tally().output);
    assertThat(Objects.requireNonNull(estimate.cost()).likely())
        .isEqualTo(truth.cost(Objects.requireNonNull(scenario.prices())));
  }

  @Test
  void largeLoad_isSampled_withinTwoPercentOfTheSame() throws Exception {
    Scenario scenario =
        scenario(
            """
            target: {ignore_eos: true}
            workload: {mix: [{input: "lognormal(500, 1)", output: 100}]}
            load: [{users: 3000, for: 1h, think: 5s}]
            """);
    Estimate estimate =
        Estimator.of(
            scenario,
            Assumptions.NOTHING_KNOWN.withSpeeds(
                new Speed(1e9, 0), new Speed(1e9, 0), new Speed(1e9, 0)));
    // 3000 users, a request every 6 s.
    assertThat(estimate.requests().likely()).isBetween(1.78e6, 1.82e6);
    assertThat(estimate.input().likely() / estimate.requests().likely())
        .isBetween(500 * Math.exp(0.5) * 0.95, 500 * Math.exp(0.5) * 1.05);
    assertThat(estimate.basis()).anyMatch(sentence -> sentence.contains("were drawn"));
  }

  /** Few are looked at in the long step, all in the short one ahead of it. */
  @Test
  void largeLoadBehindAWarmup_countsItsUsersOnce() throws Exception {
    Scenario scenario =
        scenario(
            """
            target: {ignore_eos: true}
            workload: {mix: [{input: 500, output: 100}]}
            load: [{users: 3000, for: 1s, warmup: true}, {users: 3000, for: 1h, think: 5s}]
            """);
    Estimate estimate =
        Estimator.of(
            scenario,
            Assumptions.NOTHING_KNOWN.withSpeeds(
                new Speed(1e9, 0), new Speed(1e9, 0), new Speed(1e9, 0)));
    assertThat(estimate.requests().likely()).isBetween(1.78e6, 1.83e6);
  }

  @Test
  void quotaAndBudget_againstTheLimits() throws Exception {
    Scenario scenario =
        scenario(
            """
            target: {ignore_eos: true}
            workload: {mix: [{input: 100, output: 50}]}
            load: [{rate: 2/s, arrivals: constant, for: 1m}, {rate: 4/s, arrivals: constant, for: 1m}]
            quota: {rpm: 200, tpm: 90000}
            prices: {input: 2, output: 8}
            budget: {cost: 0.1, tokens: 54_001}
            """);
    Estimate estimate = Estimator.of(scenario, Assumptions.NOTHING_KNOWN);
    List<QuotaUse> quota = estimate.quota();
    // 360 requests of 100 and 50 tokens: 54,000 tokens, 0.22 dollars.
    assertThat(estimate.basis())
        .contains("the budget of $0.10 may stop it before its time")
        .noneMatch(sentence -> sentence.contains("tokens may stop it"));
    assertThat(quota).extracting(QuotaUse::key).containsExactly("rpm", "tpm");
    assertThat(quota.get(0).mean().likely()).isBetween(179.0, 181.0);
    assertThat(quota.get(0).peak().high()).isBetween(239.0, 241.0);
    assertThat(quota.get(0).highestShare()).isBetween(1.19, 1.21);
    assertThat(quota.get(1).peak().high()).isBetween(239.0 * 150, 241.0 * 150);
  }

  @Test
  void from_anEarlierRun_takesItsSpeedAndLengths() throws Exception {
    Scenario scenario =
        scenario(
            """
            target: {mock: {ttft: 400ms, itl: 20ms, output_tokens: 50}}
            workload: {mix: [{input: 100, output: 100}]}
            load: [{users: 5, for: 60s}]
            """);
    Truth truth = simulated(scenario);
    Estimate known = Estimator.of(scenario, KnownSpeeds.of(temp.resolve("run")));
    assertContains(known, truth, scenario);
    assertThat(known.requests().likely())
        .isBetween(truth.tally().requests * 0.97, truth.tally().requests * 1.03);
    assertThat(known.output().likely())
        .isBetween(truth.tally().output * 0.97, truth.tally().output * 1.03);
    Estimate unknown = Estimator.of(scenario, Assumptions.NOTHING_KNOWN);
    assertThat(known.requests().high() - known.requests().low())
        .isLessThan(unknown.requests().high() - unknown.requests().low());
  }
}
