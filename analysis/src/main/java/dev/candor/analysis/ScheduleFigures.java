package dev.candor.analysis;

import dev.candor.base.stats.OrderStatisticInterval;
import dev.candor.record.PhaseRecord;
import dev.candor.record.StartLateness;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How well phases with a schedule kept to it, as the load generator itself counted. */
final class ScheduleFigures {
  /** Its key among the latencies. */
  static final String KEY = "schedule_lateness";

  private ScheduleFigures() {}

  /**
   * That of the phases which have a schedule, null where none has. Of several, each figure is the
   * worst phase's: that of all their starts together is no worse.
   */
  static Summary.@Nullable Latency of(List<PhaseRecord> phases) {
    List<StartLateness> known =
        phases.stream().map(PhaseRecord::lateness).filter(Objects::nonNull).toList();
    long count = known.stream().mapToLong(StartLateness::count).sum();
    if (count == 0) {
      return null;
    }
    double sum = known.stream().mapToDouble(each -> each.meanNanos() * each.count()).sum();
    long least = Long.MAX_VALUE;
    for (StartLateness each : known) {
      least = each.count() > 0 ? Math.min(least, each.minNanos()) : least;
    }
    return new Summary.Latency(
        count,
        sum / count / 1e6,
        least / 1e6,
        worst(known, StartLateness::maxNanos),
        percentile(known, 0.5, StartLateness::p50Nanos),
        percentile(known, 0.9, StartLateness::p90Nanos),
        percentile(known, 0.95, StartLateness::p95Nanos),
        percentile(known, 0.99, StartLateness::p99Nanos),
        percentile(known, 0.999, StartLateness::p999Nanos),
        new TreeMap<>());
  }

  private static @Nullable Double percentile(
      List<StartLateness> phases, double q, Function<StartLateness, Long> figure) {
    boolean knowable =
        phases.stream().allMatch(each -> OrderStatisticInterval.isKnowable(each.count(), q));
    return knowable ? worst(phases, figure) : null;
  }

  private static double worst(List<StartLateness> phases, Function<StartLateness, Long> figure) {
    return phases.stream().map(figure).max(Long::compare).orElse(0L) / 1e6;
  }
}
