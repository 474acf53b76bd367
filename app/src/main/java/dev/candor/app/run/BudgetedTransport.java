package dev.candor.app.run;

import dev.candor.app.run.BudgetAccount.Amount;
import dev.candor.base.time.Timer;
import dev.candor.load.driver.Loop;
import dev.candor.load.health.LoopGauges;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.Transport;
import dev.candor.record.Outcome;
import java.util.function.Consumer;

/**
 * Sends what the budget has room for. What it has none for is not sent: the attempt ends as one
 * that the run's end has cut. <b>For its loop's thread only.</b>
 */
final class BudgetedTransport implements Transport {
  private static final String SPENT = "not sent: the budget was reached";

  private final Loop loop;
  private final BudgetAccount account;
  private final SpendBounds bounds;
  private final Runnable reached;

  /**
   * @param reached told of each attempt that is not sent
   */
  BudgetedTransport(Loop loop, BudgetAccount account, SpendBounds bounds, Runnable reached) {
    this.loop = loop;
    this.account = account;
    this.bounds = bounds;
    this.reached = reached;
  }

  @Override
  public Exchange start(PreparedRequest request, AttemptTrace trace, Consumer<AttemptTrace> ended) {
    Amount reserved = bounds.most(request);
    if (!account.reserve(reserved)) {
      reached.run();
      return new Refused(trace, ended);
    }
    return loop.transport()
        .start(
            request,
            trace,
            done -> {
              account.settle(reserved, bounds.actual(request, done));
              ended.accept(done);
            });
  }

  @Override
  public LoopGauges gauges() {
    return loop.transport().gauges();
  }

  @Override
  public void settle(long now) {
    loop.transport().settle(now);
  }

  @Override
  public void close() {
    loop.transport().close();
  }

  /** An attempt that is not sent; its end is told through the scheduler, as any other's. */
  private final class Refused implements Exchange {
    private final AttemptTrace trace;
    private final Consumer<AttemptTrace> ended;
    private final Timer timer;
    private boolean over;

    Refused(AttemptTrace trace, Consumer<AttemptTrace> ended) {
      this.trace = trace;
      this.ended = ended;
      this.timer = loop.scheduler().after(0, () -> end(Outcome.CANCELLED));
    }

    @Override
    public void cut(Outcome outcome) {
      timer.cancel();
      end(outcome);
    }

    private void end(Outcome outcome) {
      if (!over) {
        over = true;
        trace.outcome = outcome;
        trace.error = SPENT;
        trace.end = loop.scheduler().nanoTime();
        ended.accept(trace);
      }
    }
  }
}
