package dev.candor.analysis.quota;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fixed window that would have admitted and refused what was asked, as nearly as any: a budget
 * that comes back all at once.
 *
 * @param budget of one window
 * @param seconds that a window lasts; null where it turned fewer than twice
 * @param turnNanos an instant at which it turned, null where it never did
 * @param misfit by how much, in units of the limit, it is wrong about at least one request
 * @param turns that were seen
 */
public record WindowFit(
    Range budget, @Nullable Range seconds, @Nullable Long turnNanos, double misfit, int turns) {

  private record Turn(long earliest, long latest) {}

  /**
   * Of {@code asks} in the order in which they were sent, one after another without a rest longer
   * than a window; null where none was refused.
   *
   * @param fresh whether nothing of the first window was used before
   */
  public static @Nullable WindowFit of(List<Ask> asks, Counting counting, boolean fresh) {
    if (asks.stream().allMatch(Ask::admitted)) {
      return null;
    }
    Taken taken = new Taken(asks, counting);
    double least = 0;
    double most = Double.POSITIVE_INFINITY;
    List<Turn> turns = new ArrayList<>();
    long leastBefore = 0;
    long mostBefore = 0;
    @Nullable Ask refused = null;
    // What is refused goes on being refused until the window turns, and so does what needs more.
    long refusedNeed = Long.MAX_VALUE;
    for (Ask ask : asks) {
      if (!ask.admitted()) {
        // A first window that may have been used before bounds the budget from below alone.
        if (fresh || !turns.isEmpty()) {
          most =
              Math.min(most, taken.atMost(ask.decidedNanos()) - leastBefore + counting.needed(ask));
        }
        refused = ask;
        refusedNeed = Math.min(refusedNeed, counting.needed(ask));
        continue;
      }
      if (refused != null && counting.needed(ask) >= refusedNeed) {
        turns.add(new Turn(refused.sentNanos(), ask.decidedNanos()));
        leastBefore = taken.atLeast(refused.sentNanos());
        mostBefore = taken.atMost(refused.sentNanos());
        refused = null;
        refusedNeed = Long.MAX_VALUE;
      }
      least = Math.max(least, taken.atLeast(ask.sentNanos()) - mostBefore + counting.needed(ask));
    }
    // A whole number, below what would have been too much.
    double highest = most == Double.POSITIVE_INFINITY ? least : most - 1;
    double misfit = Math.max(0, (least - highest) / 2);
    return new WindowFit(
        new Range(Math.min(least, highest), (least + highest) / 2, Math.max(least, highest)),
        length(turns),
        turns.isEmpty()
            ? null
            : Long.valueOf((turns.getLast().earliest + turns.getLast().latest) / 2),
        misfit,
        turns.size());
  }

  private static @Nullable Range length(List<Turn> turns) {
    if (turns.size() < 2) {
      return null;
    }
    Turn first = turns.getFirst();
    Turn last = turns.getLast();
    double windows = turns.size() - 1;
    double low = (last.earliest - first.latest) / windows / 1e9;
    double high = (last.latest - first.earliest) / windows / 1e9;
    return new Range(Math.max(0, low), (low + high) / 2, high);
  }

  /** A second's share of the budget; null where the window's length is not known. */
  public @Nullable Range ratePerSecond() {
    return seconds == null || seconds.low() <= 0
        ? null
        : new Range(
            budget.low() / seconds.high(),
            budget.value() / seconds.value(),
            budget.high() / seconds.low());
  }
}
