package dev.candor.app.estimate;

import dev.candor.app.run.LiveListener;
import dev.candor.app.run.SeedRuns;
import dev.candor.app.simulate.SimulatedScenario;
import dev.candor.base.error.CandorException;
import dev.candor.record.AttemptRecord;
import dev.candor.record.RunReader;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Simulation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An estimate for the mock, which can be simulated. */
public final class SimulatedEstimate {
  /** Beyond, a simulation may take minutes, and constant speeds must do. */
  private static final double MOST_REQUESTS = 300_000;

  private static final double MOST_TOKENS = 200e6;

  private SimulatedEstimate() {}

  /**
   * Simulates the run.
   *
   * @param scenario whose output is a directory of its own, which is left with the records
   * @return null where it is too long for it, or has what is not simulated
   */
  public static @Nullable Estimate of(Scenario scenario, Estimate roughly)
      throws InterruptedException {
    if (!scenario.target().urls().isEmpty()
        || roughly.requests().high() > MOST_REQUESTS
        || roughly.tokens().high() > MOST_TOKENS) {
      return null;
    }
    Scenario simulated;
    try {
      simulated = SimulatedScenario.of(scenario, null, null, Simulation.Records.TOKENS);
    } catch (CandorException e) {
      // Embeddings, or a fault that virtual time does not know.
      return null;
    }
    SeedRuns.Simulated done = SeedRuns.one(simulated, LiveListener.SILENT, List.of());
    try (RunReader reader = RunReader.open(done.run().directory())) {
      return Estimator.ofSimulation(scenario, tally(reader), reader.info().durationNanos() / 1e9);
    }
  }

  static Tally tally(RunReader reader) {
    Tally tally = new Tally();
    reader.forEachAttempt(
        attempt -> {
          if (attempt.sent() != AttemptRecord.NONE) {
            tally.add(
                attempt.intended(),
                known(attempt.inputTokens(), attempt.inputTokensAsked()),
                known(attempt.cachedTokens(), 0),
                known(attempt.outputTokens(), 0),
                1);
          }
        });
    return tally;
  }

  private static int known(int tokens, int otherwise) {
    return tokens == AttemptRecord.NONE ? otherwise : tokens;
  }
}
