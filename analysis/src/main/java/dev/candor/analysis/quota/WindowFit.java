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
   */
  public static @Nullable WindowFit of(List<Ask> asks, Counting counting) {
    if (asks.stream().allMatch(Ask::admitted)) {
      return null;
    }
    double least = 0;
    double most = Double.POSITIVE_INFINITY;
    List<Turn> turns = new ArrayList<>();
    long used = 0;
    @Nullable Ask refused = null;
    for (Ask ask : asks) {
      if (!ask.admitted()) {
        // The first window may have been used before: it bounds the budget from above only where
        // another is as large.
        if (!turns.isEmpty()) {
          most = Math.min(most, used + counting.needed(ask));
        }
        refused = ask;
        continue;
      }
      if (refused != null) {
        turns.add(new Turn(refused.sentNanos(), ask.decidedNanos()));
        refused = null;
        used = 0;
      }
      used += counting.taken(ask);
      least = Math.max(least, used);
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
