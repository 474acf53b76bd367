package dev.candor.analysis.detail;

import dev.candor.record.AttemptRecord;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Keeps the attempts of the lowest ranks. Which those are does not depend on the order in which
 * they come: with ranks that are random numbers of the request's, it is a sample that any number of
 * threads draws the same. For one thread.
 */
final class Least<T> {
  private record Ranked<T>(long rank, long request, int attempt, T item) {}

  private final Comparator<Ranked<T>> order =
      Comparator.<Ranked<T>>comparingLong(Ranked::rank)
          .thenComparingLong(Ranked::request)
          .thenComparingInt(Ranked::attempt);
  private final int most;
  private final PriorityQueue<Ranked<T>> kept = new PriorityQueue<>(order.reversed());

  Least(int most) {
    this.most = most;
  }

  /** Whether something of this rank may be kept: so that nothing is made in vain. */
  boolean wants(long rank) {
    Ranked<T> last = kept.peek();
    return kept.size() < most || last == null || rank <= last.rank();
  }

  /** Offers the {@code item} that stands for {@code attempt}. */
  void offer(long rank, AttemptRecord attempt, T item) {
    kept.add(new Ranked<>(rank, attempt.request(), attempt.attempt(), item));
    if (kept.size() > most) {
      kept.remove();
    }
  }

  /** What was kept, the lowest rank first. */
  List<T> items() {
    return kept.stream().sorted(order).map(Ranked::item).toList();
  }
}
