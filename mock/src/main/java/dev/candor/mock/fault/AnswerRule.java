package dev.candor.mock.fault;

import dev.candor.base.random.Seed;
import dev.candor.scenario.FaultRule.Match;
import dev.candor.scenario.MockFault;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** One rule for single answers, and how many requests it has matched. Thread-safe without locks. */
final class AnswerRule {
  private final MockFault.OfAnswer fault;
  private final Match match;
  private final Openings openings;
  private final Seed shares;
  private final AtomicLong matched = new AtomicLong();

  /**
   * @param seed the rule's
   */
  AnswerRule(MockFault.OfAnswer fault, Match match, Openings openings, Seed seed) {
    this.fault = fault;
    this.match = match;
    this.openings = openings;
    this.shares = seed.derive("share");
  }

  MockFault.OfAnswer fault() {
    return fault;
  }

  /** Counts the request where it matches: to be asked once for each. */
  boolean strikes(RequestFacts facts, long elapsed) {
    return openings.openedAt(elapsed) != Openings.CLOSED && matches(facts) && itsTurn();
  }

  private boolean matches(RequestFacts facts) {
    if ((match.model() != null && !match.model().equals(facts.model()))
        || (match.path() != null && !match.path().equals(facts.path()))) {
      return false;
    }
    for (Map.Entry<String, String> header : match.headers().entrySet()) {
      if (!header.getValue().equals(facts.header().apply(header.getKey()))) {
        return false;
      }
    }
    return match.share() >= 1
        || shares.derive(facts.number()).stream().nextDouble() < match.share();
  }

  private boolean itsTurn() {
    long count = matched.incrementAndGet();
    long turn = count / match.nth();
    return count % match.nth() == 0 && (match.first() == 0 || turn <= match.first());
  }
}
