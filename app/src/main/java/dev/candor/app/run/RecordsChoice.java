package dev.candor.app.run;

import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Simulation;
import dev.candor.scenario.Simulation.Records;
import dev.candor.scenario.Workload;
import dev.candor.scenario.Workload.RequestClass;

/** How much a simulation keeps of each attempt where its scenario leaves that open. */
final class RecordsChoice {
  /** Some 100 MB of attempts.parquet. */
  private static final double MOST_TOKENS = 20e6;

  /** Of a user of whom no more is known: no server answers faster for long. */
  private static final double TOKENS_A_SECOND = 100;

  /** Of an answer of which no more is known. */
  private static final double TOKENS_AN_ANSWER = 300;

  private RecordsChoice() {}

  /** The same scenario, with the choice made. */
  static Scenario made(Scenario scenario) {
    Simulation asked = scenario.simulation();
    Records records =
        switch (asked.records()) {
          case TOKENS -> Records.TOKENS;
          case FIGURES -> Records.FIGURES;
          // What a sweep comes to is looked up in its records.
          case AUTO ->
              scenario.sweep() != null || expectedTokens(scenario) <= MOST_TOKENS
                  ? Records.TOKENS
                  : Records.FIGURES;
        };
    return scenario.withSimulation(asked.withRecords(records));
  }

  private static double expectedTokens(Scenario scenario) {
    double answer = tokensOfAnAnswer(scenario.workload().source());
    double tokens = 0;
    for (LoadStep step : scenario.steps()) {
      double seconds = step.durationNanos() / 1e9;
      tokens +=
          switch (step) {
            case LoadStep.Closed closed ->
                Math.max(closed.fromUsers(), closed.users()) * seconds * TOKENS_A_SECOND;
            case LoadStep.Open open ->
                Math.max(open.fromRatePerSecond(), open.ratePerSecond()) * seconds * answer;
            // A trace of millions of rows is in a file of its own already.
            case LoadStep.Replay ignored -> 0;
          };
    }
    return tokens;
  }

  private static double tokensOfAnAnswer(Workload.Source source) {
    return source instanceof Workload.Synthetic mix
        ? mix.classes().stream()
                .mapToDouble(each -> each.share() * each.outputTokens().mean())
                .sum()
            / mix.classes().stream().mapToDouble(RequestClass::share).sum()
        : TOKENS_AN_ANSWER;
  }
}
