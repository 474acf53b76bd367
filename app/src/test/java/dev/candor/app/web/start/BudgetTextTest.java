package dev.candor.app.web.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.error.CandorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BudgetTextTest {

  @Test
  void in_withoutABudget_isAddedAtTheEnd() {
    assertThat(BudgetText.in("load: []\n", "2M tokens"))
        .isEqualTo("load: []\nbudget: {tokens: '2M'}\n");
  }

  @Test
  void in_withABudget_takesItsPlaceAndLeavesTheLinesBehindItWhereTheyWere() {
    assertThat(BudgetText.in("budget:\n  cost: $1\n\n  tokens: 2\nload: []\n# end\n", "$5"))
        .isEqualTo("budget: {cost: '$5'}\n\n\n\nload: []\n# end\n");
    assertThat(BudgetText.in("retries: {budget: 5%}\nbudget: {cost: 1}\n", "7.5 EUR"))
        .isEqualTo("retries: {budget: 5%}\nbudget: {cost: '7.5 EUR'}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"much", "5'}\nurl: x", "$5, tokens: 3", "-1", "5 tokens more"})
  void in_thatIsNoAmount_isRefused(String budget) {
    assertThatThrownBy(() -> BudgetText.in("load: []", budget)).isInstanceOf(CandorException.class);
  }
}
