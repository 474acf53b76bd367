package dev.candor.analysis.detail;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.analysis.detail.RequestTimeline.Stall;
import dev.candor.record.AttemptRecord;
import dev.candor.scenario.Slo;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** From an attempt to how it went. Pure functions. */
final class RequestTimelines {
  static final int MOST_INSTANTS = 200;
  static final int MOST_STALLS = 50;

  /** Without a target for it, a stall is as many times the answer's median gap. */
  private static final int TIMES_MEDIAN = 10;

  /** And at least so long: below it nobody who reads along notices. */
  private static final long LEAST_STALL_NANOS = 100_000_000;

  private RequestTimelines() {}

  static RequestTimeline of(AttemptRecord a, String phase, Slo slo) {
    long[] instants = a.eventNanos();
    int[] stalls = stalls(instants, bound(instants, slo));
    return new RequestTimeline(
        a.request(),
        phase,
        a.requestClass(),
        a.intended() / 1e9,
        a.outcome().key(),
        inputTokens(a),
        Math.max(0, a.outputTokens()),
        msOrNull(a, a.sent()),
        msOrNull(a, a.first()),
        ms(a, a.end()),
        shown(instants.length, stalls).mapToObj(i -> ms(a, instants[i])).toList(),
        Arrays.stream(stalls)
            .mapToObj(i -> new Stall(ms(a, instants[i - 1]), ms(a, instants[i])))
            .toList());
  }

  /** The server's count, else ours. */
  static int inputTokens(AttemptRecord a) {
    return Math.max(0, a.inputTokens() == NONE ? a.inputTokensAsked() : a.inputTokens());
  }

  /** What a gap must exceed to be a stall (docs/metrics.md). */
  private static long bound(long[] instants, Slo slo) {
    Long target = slo.maxGapNanos();
    if (target != null || instants.length < 2) {
      return target == null ? LEAST_STALL_NANOS : target;
    }
    long[] gaps =
        IntStream.range(1, instants.length).mapToLong(i -> instants[i] - instants[i - 1]).toArray();
    Arrays.sort(gaps);
    return Math.max(LEAST_STALL_NANOS, TIMES_MEDIAN * gaps[(gaps.length - 1) / 2]);
  }

  /** The events that ended a stall, in order; the longest, where there are many. */
  private static int[] stalls(long[] instants, long bound) {
    return IntStream.range(1, instants.length)
        .filter(i -> instants[i] - instants[i - 1] > bound)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingLong(i -> instants[i - 1] - instants[i])
                .thenComparingInt(i -> i))
        .limit(MOST_STALLS)
        .mapToInt(i -> i)
        .sorted()
        .toArray();
  }

  /** Which events are shown: both ends of stalls, first and last, and others at even distances. */
  private static IntStream shown(int events, int[] stalls) {
    if (events <= MOST_INSTANTS) {
      return IntStream.range(0, events);
    }
    TreeSet<Integer> shown = new TreeSet<>(List.of(0, events - 1));
    for (int stall : stalls) {
      shown.add(stall - 1);
      shown.add(stall);
    }
    int rest = MOST_INSTANTS - shown.size();
    for (int i = 1; i <= rest; i++) {
      shown.add((int) ((long) i * (events - 1) / (rest + 1)));
    }
    return shown.stream().mapToInt(i -> i);
  }

  private static @Nullable Double msOrNull(AttemptRecord a, long nanos) {
    return nanos == NONE ? null : Double.valueOf(ms(a, nanos));
  }

  private static double ms(AttemptRecord a, long nanos) {
    return (nanos - a.intended()) / 1e6;
  }
}
