package dev.candor.app.run;

import dev.candor.analysis.AttemptFigures;
import dev.candor.analysis.cost.Billing;
import dev.candor.app.run.BudgetAccount.Amount;
import dev.candor.load.driver.LoadRun;
import dev.candor.load.driver.Loop;
import dev.candor.record.AttemptRecord;
import dev.candor.report.console.Figures;
import dev.candor.scenario.Budget;
import dev.candor.scenario.Prices;
import dev.candor.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends the run before it spends more than its budget. Each attempt, of whichever loop, sets the
 * most aside that it may come to, and is not sent where that may pass the budget; with the first
 * that is not, the load is over, and what is in flight ends by itself. <b>{@link #guard} once,
 * ahead of the load; {@link #sentence} is for any thread.</b>
 */
final class BudgetWatch {
  /*
   * Loops on this machine share an account, which costs two additions an attempt. Loops in virtual
   * time know nothing of each other between two barriers, or what comes of a simulation would depend
   * on its threads: each has its share of the budget, as of max_in_flight.
   */
  private final Scenario scenario;
  private final Budget budget;
  private final boolean apart;
  private final Consumer<String> log;
  private final Set<BudgetAccount> accounts = new LinkedHashSet<>();
  private Amount earlier = new Amount(0, 0);
  private volatile @Nullable String sentence;

  /**
   * @param apart whether each loop has its own share
   * @param log told of the end, once
   */
  BudgetWatch(Scenario scenario, boolean apart, Consumer<String> log) {
    this.scenario = scenario;
    this.budget = scenario.budget();
    this.apart = apart;
    this.log = log;
  }

  /** Counts an attempt of before the run was resumed. */
  void addEarlier(AttemptRecord attempt) {
    Prices prices = scenario.prices();
    earlier =
        earlier.plus(
            Amount.of(
                prices == null ? 0 : AttemptFigures.cost(attempt, prices),
                Billing.inputTokens(attempt) + Billing.outputTokens(attempt)));
  }

  /**
   * The same loops, whose attempts ask first.
   *
   * @param run that is to end, once it is there
   */
  List<Loop> guard(List<Loop> loops, Supplier<@Nullable LoadRun> run) {
    if (budget.equals(Budget.NONE)) {
      return loops;
    }
    List<Loop> guarded = new ArrayList<>();
    BudgetAccount shared = BudgetAccount.share(budget, earlier, 1, 0);
    for (int i = 0; i < loops.size(); i++) {
      Loop loop = loops.get(i);
      BudgetAccount account =
          apart ? BudgetAccount.share(budget, earlier, loops.size(), i) : shared;
      accounts.add(account);
      guarded.add(
          new Loop(
              loop.index(),
              loop.scheduler(),
              new BudgetedTransport(
                  loop, account, new SpendBounds(scenario), () -> reached(loop, run)),
              loop.executor()));
    }
    return guarded;
  }

  private void reached(Loop loop, Supplier<@Nullable LoadRun> running) {
    LoadRun run = running.get();
    if (run != null) {
      // Not in the middle of a start; and this loop before the others, that may be a barrier away.
      loop.scheduler().after(0, () -> run.drain(loop.index()));
      loop.executor().execute(() -> end(run));
    }
  }

  private void end(LoadRun run) {
    if (!tell()) {
      return;
    }
    log.accept(String.valueOf(sentence));
    run.drain();
  }

  private synchronized boolean tell() {
    if (sentence != null) {
      return false;
    }
    Amount taken = earlier;
    for (BudgetAccount account : accounts) {
      taken = taken.plus(account.taken());
    }
    List<String> limits = new ArrayList<>();
    Prices prices = scenario.prices();
    if (budget.cost() != null && prices != null) {
      limits.add(
          "%s of budget.cost, %s %s"
              .formatted(
                  Figures.money(taken.money()), Figures.money(budget.cost()), prices.currency()));
    }
    if (budget.tokens() != null) {
      limits.add(
          "%s of budget.tokens, %s"
              .formatted(Figures.number(taken.tokens()), Figures.number(budget.tokens())));
    }
    sentence =
        "the next attempt might have passed the budget; spent or in flight: "
            + String.join("; ", limits);
    return true;
  }

  /** Why the load was ended, or null. */
  @Nullable String sentence() {
    return sentence;
  }
}
