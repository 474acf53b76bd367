package dev.candor.mock.metrics;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The replicas as one scrape sees them, and how fast their counts grew between scrapes. <b>For the
 * mock's event loop.</b>
 */
final class Replicas {
  private static final long SHORTEST_NANOS = 1_000_000_000L;

  private final Supplier<List<ReplicaState>> states;
  private final LongSupplier nanoTime;
  private Sample now;
  private Sample before;
  private Sample nextBefore;

  private record Sample(long nanos, List<ReplicaState> states) {}

  Replicas(Supplier<List<ReplicaState>> states, LongSupplier nanoTime) {
    this.states = states;
    this.nanoTime = nanoTime;
    this.now = new Sample(nanoTime.getAsLong(), states.get());
    this.before = now;
    this.nextBefore = now;
  }

  /** Takes the state that the figures of this scrape come from. */
  void sample() {
    now = new Sample(nanoTime.getAsLong(), states.get());
    // Scrapes in quick succession share a start: a rate over a millisecond is noise.
    if (now.nanos - nextBefore.nanos >= SHORTEST_NANOS) {
      before = nextBefore;
      nextBefore = now;
    }
  }

  int size() {
    return now.states.size();
  }

  ReplicaState get(int replica) {
    return now.states.get(replica);
  }

  /** Growth a second since an earlier scrape, or the start. */
  double perSecond(int replica, ToDoubleFunction<ReplicaState> count) {
    double seconds = (now.nanos - before.nanos) / 1e9;
    double growth =
        count.applyAsDouble(now.states.get(replica))
            - count.applyAsDouble(before.states.get(replica));
    return seconds <= 0 ? 0 : growth / seconds;
  }
}
