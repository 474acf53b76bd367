package dev.candor.scenario.yaml;

import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.Budget;
import dev.candor.scenario.Prices;
import org.jspecify.annotations.Nullable;

/** Reads {@code budget}. */
final class BudgetReader {
  private final Problems problems;

  BudgetReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * @param prices which a budget of money needs, null where unknown
   */
  Budget read(@Nullable Value value, @Nullable Prices prices) {
    if (value == null) {
      return Budget.NONE;
    }
    Section section = new Section(value, problems, Keys.BUDGET);
    if (section.has("cost") && prices == null) {
      section.problem("cost", "needs prices of tokens: prices is not given");
    }
    if (section.has("cost") && prices != null && prices.byTime()) {
      section.problem(
          "cost",
          "found beside gpu_hour, by which a run costs what its time does; bound that with load, or give a budget of tokens");
    }
    String currency = prices == null ? PriceFields.USD : prices.currency();
    return new Budget(
        section.<@Nullable Double>read("cost", null, text -> AmountText.positive(text, currency)),
        section.<@Nullable Long>read("tokens", null, CountText::positive));
  }
}
