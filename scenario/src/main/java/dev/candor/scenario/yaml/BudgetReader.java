package dev.candor.scenario.yaml;

import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.Budget;
import org.jspecify.annotations.Nullable;

/** Reads {@code budget}. */
final class BudgetReader {
  private final Problems problems;

  BudgetReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * @param priced whether the scenario has prices, which a budget of money needs
   */
  Budget read(@Nullable Value value, boolean priced) {
    if (value == null) {
      return Budget.NONE;
    }
    Section section = new Section(value, problems, Keys.BUDGET);
    Double cost =
        section.<@Nullable Double>read(
            "cost", null, text -> Section.number(text.replace("$", ""), 0));
    Long tokens =
        section.<@Nullable Long>read(
            "tokens", null, text -> Section.wholeNumber(text, 1, Long.MAX_VALUE));
    if (cost != null && !priced) {
      problems.add(value.where(), "budget.cost: needs prices");
    }
    return new Budget(cost, tokens);
  }
}
