package dev.candor.analysis;

import dev.candor.record.PhaseRecord;
import dev.candor.record.ServerMetric;
import dev.candor.record.ServerSample;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the server's own counters say of a phase. */
final class ServerFigures {
  private final Map<Integer, NavigableMap<Long, Double>> queries = new TreeMap<>();
  private final Map<Integer, NavigableMap<Long, Double>> hits = new TreeMap<>();

  ServerFigures(List<ServerSample> samples) {
    for (ServerSample sample : samples) {
      if (sample.metric() == ServerMetric.PREFIX_QUERIES) {
        add(queries, sample);
      } else if (sample.metric() == ServerMetric.PREFIX_HITS) {
        add(hits, sample);
      }
    }
  }

  private static void add(Map<Integer, NavigableMap<Long, Double>> to, ServerSample sample) {
    to.computeIfAbsent(sample.target(), any -> new TreeMap<>())
        .put(sample.atNanos(), sample.value());
  }

  /** Prompt tokens found of those looked up, over all addresses; null where that is not known. */
  @Nullable Double hitRate(Collection<PhaseRecord> phases) {
    double found = 0;
    double asked = 0;
    for (PhaseRecord phase : phases) {
      found += growth(hits, phase);
      asked += growth(queries, phase);
    }
    return asked <= 0 ? null : Double.valueOf(found / asked);
  }

  private static double growth(
      Map<Integer, NavigableMap<Long, Double>> counters, PhaseRecord phase) {
    double sum = 0;
    for (NavigableMap<Long, Double> counter : counters.values()) {
      // A server that started anew counts from zero: what it had counted before is lost.
      sum += Math.max(0, at(counter, phase.endNanos()) - at(counter, phase.startNanos()));
    }
    return sum;
  }

  /** The counter between two looks at it, on the straight line. */
  private static double at(NavigableMap<Long, Double> counter, long nanos) {
    var before = counter.floorEntry(nanos);
    var after = counter.ceilingEntry(nanos);
    if (before == null || after == null) {
      return (before == null ? counter.firstEntry() : before).getValue();
    }
    long span = after.getKey() - before.getKey();
    double share = span == 0 ? 0 : (double) (nanos - before.getKey()) / span;
    return before.getValue() + share * (after.getValue() - before.getValue());
  }
}
