package dev.candor.mock.fault;

import dev.candor.base.random.Seed;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.MockFault;
import java.util.ArrayList;
import java.util.List;

/**
 * When which fault strikes whom. Rule i draws from {@code seed.derive(i)} alone, so that a change
 * of one rule moves no other's windows or victims. Other rules need another timetable, whose
 * windows and counts begin anew.
 *
 * <p><b>Thread-safe without locks.</b> Instants are the server's monotonic nanoseconds; they need
 * not come in order.
 */
public final class FaultTimetable {
  private static final long SECOND = 1_000_000_000;
  private static final double HOUR = 3600e9;

  private final List<FaultRule> rules;
  private final long startNanos;
  private final List<AnswerRule> ofAnswers = new ArrayList<>();
  private final List<ServiceRule> ofService = new ArrayList<>();

  private record ServiceRule(MockFault.OfService fault, Openings openings) {}

  /**
   * @param startNanos from which the windows count
   */
  public FaultTimetable(List<FaultRule> rules, Seed seed, long startNanos) {
    this.rules = List.copyOf(rules);
    this.startNanos = startNanos;
    for (int i = 0; i < rules.size(); i++) {
      FaultRule rule = rules.get(i);
      Seed own = seed.derive(i);
      Openings openings = new Openings(rule.window(), own);
      switch (rule.fault()) {
        case MockFault.OfAnswer fault ->
            ofAnswers.add(new AnswerRule(fault, rule.match(), openings, own));
        case MockFault.OfService fault -> ofService.add(new ServiceRule(fault, openings));
      }
    }
  }

  public List<FaultRule> rules() {
    return rules;
  }

  /**
   * The faults that strike a request, in the order of their rules. To be called once for each
   * request, on its arrival, since rules for every nth or the first ones count.
   */
  public List<MockFault.OfAnswer> strike(RequestFacts facts, long nanos) {
    if (ofAnswers.isEmpty()) {
      return List.of();
    }
    long elapsed = elapsed(nanos);
    List<MockFault.OfAnswer> struck = new ArrayList<>();
    for (AnswerRule rule : ofAnswers) {
      if (rule.strikes(facts, elapsed)) {
        struck.add(rule.fault());
      }
    }
    return struck;
  }

  /** Whether new connections are refused. */
  public boolean refusing(long nanos) {
    return isOn(new MockFault.Refused(), nanos);
  }

  /** Whether {@code replica} is down. */
  public boolean crashed(int replica, long nanos) {
    return isOn(new MockFault.Crash(replica), nanos);
  }

  private boolean isOn(MockFault.OfService fault, long nanos) {
    long elapsed = elapsed(nanos);
    for (ServiceRule rule : ofService) {
      if (rule.fault().equals(fault) && rule.openings().openedAt(elapsed) != Openings.CLOSED) {
        return true;
      }
    }
    return false;
  }

  /** How many times as long as without faults {@code replica} takes: the product of all of them. */
  public double slowdown(int replica, long nanos) {
    long elapsed = elapsed(nanos);
    double product = 1;
    for (ServiceRule rule : ofService) {
      long openedAt = rule.openings().openedAt(elapsed);
      if (openedAt != Openings.CLOSED) {
        product *=
            switch (rule.fault()) {
              case MockFault.BrownOut(int struck, double factor) -> struck == replica ? factor : 1;
              case MockFault.Spike(double factor) -> factor;
              case MockFault.Leak(double perHour) -> 1 + perHour * (elapsed - openedAt) / HOUR;
              case MockFault.Refused _, MockFault.Crash _ -> 1;
            };
      }
    }
    return product;
  }

  /**
   * When any answer of {@link #refusing}, {@link #crashed} or {@link #slowdown} may next change
   * after {@code nanos}, a growing leak's every second; {@link Long#MAX_VALUE}: never.
   */
  public long nextChange(long nanos) {
    long elapsed = elapsed(nanos);
    long next = Openings.NEVER;
    for (ServiceRule rule : ofService) {
      next = Math.min(next, rule.openings().nextChange(elapsed));
      if (rule.fault() instanceof MockFault.Leak) {
        long openedAt = rule.openings().openedAt(elapsed);
        if (openedAt != Openings.CLOSED) {
          next = Math.min(next, elapsed + SECOND - (elapsed - openedAt) % SECOND);
        }
      }
    }
    return next == Openings.NEVER ? Long.MAX_VALUE : startNanos + next;
  }

  /** An event loop may have read its clock just before the start. */
  private long elapsed(long nanos) {
    return Math.max(0, nanos - startNanos);
  }
}
