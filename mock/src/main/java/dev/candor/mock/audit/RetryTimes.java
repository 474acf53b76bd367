package dev.candor.mock.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When attempts came, to see how much they pile up. */
final class RetryTimes {
  static final long SLICE_NANOS = 10_000_000_000L;
  static final long BURST_NANOS = 100_000_000L;

  /** Fewer attempts in a slice, or retries in all, say nothing of a pile. */
  static final int FEWEST = 20;

  private final Map<Long, Slice> slices = new HashMap<>();
  private final List<Long> retries = new ArrayList<>();

  private static final class Slice {
    int attempts;
    int calls;
  }

  /** Takes a call's attempts, in order of arrival. */
  void add(List<AuditedAttempt> call) {
    Slice before = null;
    for (AuditedAttempt attempt : call) {
      long index = Math.floorDiv(attempt.startNanos(), SLICE_NANOS);
      Slice slice = slices.computeIfAbsent(index, _ -> new Slice());
      slice.attempts++;
      if (slice != before) {
        slice.calls++;
        before = slice;
      }
      if (attempt.origin() == Origin.RETRY) {
        retries.add(attempt.startNanos());
      }
    }
  }

  /** The largest number of attempts per active call in a slice. */
  @Nullable Double worstAmplification() {
    Double worst = null;
    for (Slice slice : slices.values()) {
      double amplification = (double) slice.attempts / slice.calls;
      if (slice.attempts >= FEWEST && (worst == null || amplification > worst)) {
        worst = amplification;
      }
    }
    return worst;
  }

  /** The share of all retries in the busiest {@link #BURST_NANOS}. */
  @Nullable Double burst() {
    if (retries.size() < FEWEST) {
      return null;
    }
    List<Long> sorted = retries.stream().sorted().toList();
    int most = 0;
    int from = 0;
    for (int to = 0; to < sorted.size(); to++) {
      while (sorted.get(to) - sorted.get(from) >= BURST_NANOS) {
        from++;
      }
      most = Math.max(most, to - from + 1);
    }
    return (double) most / sorted.size();
  }
}
