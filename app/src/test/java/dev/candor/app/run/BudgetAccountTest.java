package dev.candor.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.run.BudgetAccount.Amount;
import dev.candor.scenario.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BudgetAccountTest {
  private static final Amount NOTHING = new Amount(0, 0);

  @Test
  void reserve_upToTheBudget_andNotBeyond() {
    BudgetAccount account = BudgetAccount.share(new Budget(1.0, 1000L), NOTHING, 1, 0);
    assertThat(account.reserve(Amount.of(0.6, 10))).isTrue();
    assertThat(account.reserve(Amount.of(0.400000001, 10))).isFalse();
    assertThat(account.reserve(Amount.of(0.4, 991))).isFalse();
    // What was refused has left nothing behind.
    assertThat(account.reserve(Amount.of(0.4, 990))).isTrue();
    assertThat(account.taken()).isEqualTo(new Amount(1_000_000_000, 1000));
    account.settle(Amount.of(0.4, 990), Amount.of(0.1, 90));
    assertThat(account.reserve(Amount.of(0.3, 900))).isTrue();
  }

  @Test
  void shares_addUpToWhatEarlierAttemptsHaveLeft() {
    Budget budget = new Budget(10.0, 100L);
    long tokens = 0;
    for (int loop = 0; loop < 3; loop++) {
      BudgetAccount account = BudgetAccount.share(budget, Amount.of(1, 20), 3, loop);
      assertThat(account.reserve(Amount.of(3.0000001, 0))).isFalse();
      assertThat(account.reserve(Amount.of(3, 0))).isTrue();
      while (account.reserve(Amount.of(0, 1))) {
        tokens++;
      }
    }
    assertThat(tokens).isEqualTo(80);
    assertThat(BudgetAccount.share(budget, Amount.of(11, 0), 3, 0).reserve(NOTHING)).isFalse();
  }

  @Test
  void manyThreads_neverReserveMoreThanThereIs() throws InterruptedException {
    BudgetAccount account = BudgetAccount.share(new Budget(null, 50_000L), NOTHING, 1, 0);
    AtomicLong reserved = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int k = 0; k < 20_000; k++) {
                      if (account.reserve(new Amount(0, 7))) {
                        reserved.addAndGet(7);
                      }
                    }
                  }));
    }
    for (Thread each : threads) {
      each.join();
    }
    assertThat(reserved.get()).isLessThanOrEqualTo(50_000).isGreaterThan(49_000);
    assertThat(account.taken().tokens()).isEqualTo(reserved.get());
  }
}
