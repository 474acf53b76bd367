package dev.candor.analysis.cost;

import dev.candor.scenario.Prices;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Target;
import java.util.Optional;

/** What a reader must know of a run's prices. */
public final class CostNotes {
  private CostNotes() {}

  /** One sentence at most. */
  public static Optional<String> of(Scenario scenario) {
    Prices prices = scenario.prices();
    if (prices != null) {
      Prices.Origin origin = prices.origin();
      return origin.assumed()
          ? Optional.of(
              "costs are by %s's list prices of %s (%s), as the scenario names none; prices change: prices overrides them"
                  .formatted(origin.model(), origin.asOf(), origin.source()))
          : Optional.empty();
    }
    // The mock's own model has no price, and nobody misses it.
    boolean asked = scenario.thresholds().stream().anyMatch(t -> t.metric().startsWith("cost"));
    return scenario.target().model().equals(Target.MOCK_MODEL) && !asked
        ? Optional.empty()
        : Optional.of(
            "what the run cost is not known: the price book has no model '%s', and the scenario no prices"
                .formatted(scenario.target().model()));
  }
}
