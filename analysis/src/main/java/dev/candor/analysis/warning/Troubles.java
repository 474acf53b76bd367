package dev.candor.analysis.warning;

import dev.candor.analysis.AttemptFigures;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.scenario.Slo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** When requests began to miss their SLOs, and to fail, in each stretch. For one thread. */
final class Troubles {
  private static final long SECOND = 1_000_000_000;
  private static final double NANOS = 1e9;

  private final double goodput;
  private final Map<Integer, Of> byPhase = new HashMap<>();
  private final Map<Stretch, Of> byStretch = new HashMap<>();

  /** What became of the requests that were intended in one second. */
  private static final class Second {
    int requests;
    int missed;
    long earliestNanos = Long.MAX_VALUE;
  }

  private static final class Of {
    final NavigableMap<Integer, Second> seconds = new TreeMap<>();
    long firstMissNanos = Long.MAX_VALUE;
    long firstErrorNanos = Long.MAX_VALUE;
  }

  /**
   * Instants in seconds since the start of the run, null where it never came to it.
   *
   * @param firstMiss a request's first missed SLO, which may be chance
   * @param missed goodput has fallen below its target, and stays there
   * @param firstError the first failed attempt
   */
  record Times(@Nullable Double firstMiss, @Nullable Double missed, @Nullable Double firstError) {}

  /**
   * @param goodput share of requests that must meet their SLOs, 0 to 1
   */
  Troubles(List<Stretch> stretches, double goodput) {
    this.goodput = goodput;
    for (Stretch stretch : stretches) {
      Of of = new Of();
      byStretch.put(stretch, of);
      stretch.phases().forEach(phase -> byPhase.put(phase, of));
    }
  }

  void add(AttemptRecord attempt, Slo slo) {
    Of of = byPhase.get(attempt.phase());
    if (of == null || neverCame(attempt) || AttemptFigures.cutBeforeItMissed(attempt, slo)) {
      return;
    }
    if (attempt.outcome().failed()) {
      of.firstErrorNanos = Math.min(of.firstErrorNanos, attempt.end());
    }
    if (attempt.retried()) {
      return;
    }
    Second second =
        of.seconds.computeIfAbsent((int) (attempt.requested() / SECOND), any -> new Second());
    second.requests++;
    Long missed = AttemptFigures.missedAt(attempt, slo);
    if (missed != null) {
      second.missed++;
      second.earliestNanos = Math.min(second.earliestNanos, missed);
      of.firstMissNanos = Math.min(of.firstMissNanos, missed);
    }
  }

  /** Whether it tells nothing of the server: given up by the client or its user, or never sent. */
  private static boolean neverCame(AttemptRecord attempt) {
    return attempt.outcome() == Outcome.CANCELLED
        || attempt.outcome() == Outcome.ABANDONED
        || (attempt.outcome() == Outcome.UNFINISHED && attempt.sent() == AttemptRecord.NONE);
  }

  Times of(Stretch stretch) {
    Of of = byStretch.getOrDefault(stretch, new Of());
    return new Times(seconds(of.firstMissNanos), sustained(of), seconds(of.firstErrorNanos));
  }

  /** From which miss on the seconds are bad, of those in which requests were intended. */
  private @Nullable Double sustained(Of of) {
    List<Second> seconds = new ArrayList<>(of.seconds.values());
    boolean[] bad = new boolean[seconds.size()];
    for (int i = 0; i < bad.length; i++) {
      Second each = seconds.get(i);
      bad[i] = each.requests - each.missed < goodput * each.requests;
    }
    int first = Onsets.sustained(bad);
    return first < 0 ? null : seconds(seconds.get(first).earliestNanos);
  }

  private static @Nullable Double seconds(long nanos) {
    return nanos == Long.MAX_VALUE ? null : Double.valueOf(nanos / NANOS);
  }
}
