package dev.candor.app.web.start;

import dev.candor.base.error.CandorException;
import dev.candor.scenario.Budget;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A scenario that somebody wants to start.
 *
 * @param file its name alone
 * @param folder what its relative names of files count from
 * @param within the data folder, out of which it may name no file
 */
public record Draft(Path file, String text, Path folder, Path within) {

  /**
   * The draft of a scenario's text.
   *
   * @param file its name; one that it has no name of its own takes from it
   * @param budget in place of its own, null: as it is
   * @throws CandorException where the budget is none
   */
  public static Draft of(
      String file, String text, Path folder, Path within, @Nullable String budget) {
    return new Draft(
        Path.of(file), budget == null ? text : BudgetText.in(text, budget), folder, within);
  }

  /**
   * Reads it.
   *
   * @throws CandorException with every mistake found, a line each, with line, column and key
   */
  public Scenario read(Function<String, @Nullable String> environment) {
    return parse(Overrides.NONE, environment);
  }

  /** The same, of a run that is kept in {@code directory}. */
  Scenario readInto(Path directory, Function<String, @Nullable String> environment) {
    return parse(Overrides.into(directory.toString()), environment);
  }

  private Scenario parse(Overrides overrides, Function<String, @Nullable String> environment) {
    return ScenarioFile.parse(file, text, folder, within, overrides, environment);
  }

  /** A budget in words, null where there is none. */
  static @Nullable String words(Scenario scenario) {
    Budget budget = scenario.budget();
    Double cost = budget.cost();
    Long tokens = budget.tokens();
    String currency = scenario.prices() == null ? "" : scenario.prices().currency();
    String money = cost == null ? "" : BigDecimal.valueOf(cost).toPlainString() + " " + currency;
    String many = tokens == null ? "" : tokens + " tokens";
    return cost == null && tokens == null
        ? null
        : money + (cost != null && tokens != null ? ", " : "") + many;
  }
}
