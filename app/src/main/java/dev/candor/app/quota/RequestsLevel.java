package dev.candor.app.quota;

import java.util.List;

/** What a bucket of requests would hold, by what was asked of it. Pure. */
final class RequestsLevel {
  private static final int MOST = 1_000_000;

  private final double perSecond;
  private final double capacity;

  /** What a request that was refused for its tokens would take. */
  private final double refusedCost;

  private double level;
  private long at;

  RequestsLevel(double perSecond, double capacity, double refusedCost) {
    this.perSecond = perSecond;
    this.capacity = capacity;
    this.refusedCost = refusedCost;
    this.level = capacity;
  }

  /**
   * How many of {@code burst} would pass, from the first on until one does not, after {@code
   * before}.
   *
   * @param tokensFrom index in {@code before} from which on a refusal is one for tokens
   */
  int passing(List<Probe> before, int tokensFrom, List<Probe> burst) {
    for (int i = 0; i < before.size(); i++) {
      Probe probe = before.get(i);
      moveTo(probe.attempt().sent());
      double cost = probe.passed() ? 1 : i >= tokensFrom && probe.refused() ? refusedCost : 0;
      level = Math.max(0, level - cost);
    }
    // As many as would pass, whatever came of them: they went on at this rate.
    long first = burst.getFirst().attempt().sent();
    double gap =
        burst.size() < 2
            ? 0
            : (burst.getLast().attempt().sent() - first) / (double) (burst.size() - 1);
    int passed = 0;
    for (moveTo(first); level >= 1 && passed < MOST; moveTo(first + Math.round(passed * gap))) {
      level--;
      passed++;
    }
    return passed;
  }

  private void moveTo(long nanos) {
    long now = Math.max(at, nanos);
    level = Math.min(capacity, level + (now - at) / 1e9 * perSecond);
    at = now;
  }
}
