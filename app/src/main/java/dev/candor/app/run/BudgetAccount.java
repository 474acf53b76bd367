package dev.candor.app.run;

import dev.candor.scenario.Budget;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What may be spent, and what of it is spent or may yet be by attempts in flight. Thread-safe: two
 * counters, each added to once as an attempt starts and once as it ends.
 */
final class BudgetAccount {
  /** Money is counted in billionths, so that sums are exact and order does not matter. */
  private static final double BILLION = 1e9;

  private final long mostMoney;
  private final long mostTokens;
  private final AtomicLong money = new AtomicLong();
  private final AtomicLong tokens = new AtomicLong();

  private BudgetAccount(long mostMoney, long mostTokens) {
    this.mostMoney = mostMoney;
    this.mostTokens = mostTokens;
  }

  /** An amount of both. */
  record Amount(long moneyBillionths, long tokens) {
    static Amount of(double money, long tokens) {
      return new Amount((long) Math.ceil(money * BILLION - 1e-6), tokens);
    }

    double money() {
      return moneyBillionths / BILLION;
    }

    Amount plus(Amount other) {
      return new Amount(moneyBillionths + other.moneyBillionths, tokens + other.tokens);
    }
  }

  /**
   * The account of one of {@code loops} that have equal shares of {@code budget}.
   *
   * @param earlier spent already, of the whole
   */
  static BudgetAccount share(Budget budget, Amount earlier, int loops, int loop) {
    Double cost = budget.cost();
    Long most = budget.tokens();
    return new BudgetAccount(
        cost == null
            ? Long.MAX_VALUE
            : part((long) Math.floor(cost * BILLION) - earlier.moneyBillionths(), loops, loop),
        most == null ? Long.MAX_VALUE : part(most - earlier.tokens(), loops, loop));
  }

  private static long part(long whole, int loops, int loop) {
    return whole <= 0 ? whole : whole / loops + (loop < whole % loops ? 1 : 0);
  }

  /** Sets the most aside that an attempt may come to; false, and nothing is, where it may pass. */
  boolean reserve(Amount most) {
    long inMoney = money.addAndGet(most.moneyBillionths());
    long inTokens = tokens.addAndGet(most.tokens());
    if (inMoney > mostMoney || inTokens > mostTokens) {
      release(most);
      return false;
    }
    return true;
  }

  private void release(Amount amount) {
    money.addAndGet(-amount.moneyBillionths());
    tokens.addAndGet(-amount.tokens());
  }

  /** Puts what an attempt came to in the place of what was set aside for it. */
  void settle(Amount reserved, Amount actual) {
    money.addAndGet(actual.moneyBillionths() - reserved.moneyBillionths());
    tokens.addAndGet(actual.tokens() - reserved.tokens());
  }

  /** Spent, and set aside. */
  Amount taken() {
    return new Amount(money.get(), tokens.get());
  }
}
