package dev.candor.load.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.scenario.Retries;
import org.junit.jupiter.api.Test;

final class RetryBudgetTest {
  private static final long SECOND = 1_000_000_000L;

  private static int spend(RetryBudget budget, long nanos) {
    int spent = 0;
    while (budget.allows(nanos)) {
      budget.retried(nanos);
      spent++;
    }
    return spent;
  }

  @Test
  void allows_aShareOfTheRequests() {
    RetryBudget budget = new RetryBudget(new Retries.Budget(0.1, 0), 1);
    for (int i = 0; i < 105; i++) {
      budget.begun(i * SECOND / 20);
    }
    assertThat(spend(budget, 5 * SECOND)).isEqualTo(10);
  }

  @Test
  void allows_theFixedPart_sharedByTheLoops() {
    assertThat(spend(new RetryBudget(new Retries.Budget(0, 2), 1), 0)).isEqualTo(20);
    assertThat(spend(new RetryBudget(new Retries.Budget(0, 2), 4), 0)).isEqualTo(5);
  }

  @Test
  void allows_afterTheWindow_forgetsRequestsAndRetries() {
    RetryBudget budget = new RetryBudget(new Retries.Budget(0.5, 0), 1);
    for (int i = 0; i < 10; i++) {
      budget.begun(SECOND / 2);
    }
    assertThat(spend(budget, 3 * SECOND)).isEqualTo(5);
    assertThat(spend(budget, 9 * SECOND)).isZero();
    // The requests of second 0 are gone, the retries of second 3 are not.
    assertThat(budget.allows(10 * SECOND)).isFalse();
    for (int i = 0; i < 4; i++) {
      budget.begun(13 * SECOND);
    }
    assertThat(spend(budget, 13 * SECOND)).isEqualTo(2);
    assertThat(budget.allows(100 * SECOND)).isFalse();
  }
}
