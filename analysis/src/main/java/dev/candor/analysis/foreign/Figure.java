package dev.candor.analysis.foreign;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of a tool's metrics.
 *
 * @param key its name in the tool's own output file
 * @param label what its console says
 * @param unit the tool's
 * @param concept what it is to be compared with, or null
 * @param count samples; 0 for a single value
 * @param stats by the tool's name for them, null where there is no sample; a single value is {@code
 *     value}
 */
public record Figure(
    String key,
    String label,
    String unit,
    @Nullable Concept concept,
    long count,
    Map<String, @Nullable Double> stats) {
  static final String VALUE = "value";

  /** Names of a statistic whose meaning is the median, in the tools' words. */
  private static final List<String> MEDIANS = List.of("median", "p50");

  public Figure {
    stats = Collections.unmodifiableMap(new LinkedHashMap<>(stats));
  }

  static Figure single(
      String key, String label, String unit, @Nullable Concept concept, @Nullable Double value) {
    Map<String, @Nullable Double> stats = new LinkedHashMap<>();
    stats.put(VALUE, value);
    return new Figure(key, label, unit, concept, 0, stats);
  }

  /** A distribution in {@code unit}: {@code ns} samples are shown in it, any other as they are. */
  static Figure of(
      String key,
      String label,
      Unit unit,
      @Nullable Concept concept,
      Distribution samples,
      Stat... stats) {
    Map<String, @Nullable Double> values = new LinkedHashMap<>();
    for (Stat stat : stats) {
      values.put(
          stat.name(),
          samples.count() == 0 ? null : Double.valueOf(stat.of(samples) / unit.samplesPerUnit()));
    }
    return new Figure(key, label, unit.text(), concept, samples.count(), values);
  }

  /** Whether it is one value, not a distribution. */
  public boolean isSingle() {
    return stats.containsKey(VALUE);
  }

  public @Nullable Double value() {
    return stats.get(VALUE);
  }

  public @Nullable Double median() {
    List<String> named = new ArrayList<>(MEDIANS);
    named.retainAll(stats.keySet());
    return named.isEmpty() ? null : stats.get(named.getFirst());
  }

  public @Nullable Double p99() {
    return stats.get("p99");
  }
}
