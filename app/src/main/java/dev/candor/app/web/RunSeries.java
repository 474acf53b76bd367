package dev.candor.app.web;

import dev.candor.base.error.CandorException;
import dev.candor.record.RunReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The seconds of runs side by side, in at most {@value #MOST} stretches: of a latency the highest
 * second of each, else the mean.
 */
final class RunSeries {
  static final int MOST = 720;

  private static final Map<String, String> UNITS = units();

  private static Map<String, String> units() {
    Map<String, String> units = new LinkedHashMap<>();
    units.put("ttft.p50", "ms");
    units.put("ttft.max", "ms");
    units.put("itl.p50", "ms");
    units.put("itl.p99", "ms");
    units.put("output_tps", "tokens/s");
    units.put("in_flight", "");
    units.put("goodput", "ratio");
    return units;
  }

  private RunSeries() {}

  /**
   * Metric by metric, from the runs' directories by their names; those that cannot be read lack.
   */
  static List<Map<String, @Nullable Object>> of(Map<String, Path> runs) {
    Map<String, Map<String, Map<Integer, Double>>> read = new LinkedHashMap<>();
    int last = 0;
    for (var run : runs.entrySet()) {
      Map<String, Map<Integer, Double>> seconds = read(run.getValue());
      for (Map<Integer, Double> each : seconds.values()) {
        last = each.keySet().stream().reduce(last, Math::max);
      }
      read.put(run.getKey(), seconds);
    }
    int length = last / MOST + 1;
    List<Map<String, @Nullable Object>> series = new ArrayList<>();
    for (var metric : UNITS.entrySet()) {
      if (read.values().stream().anyMatch(seconds -> seconds.containsKey(metric.getKey()))) {
        series.add(series(metric.getKey(), metric.getValue(), read, last, length));
      }
    }
    return series;
  }

  private static Map<String, @Nullable Object> series(
      String metric,
      String unit,
      Map<String, Map<String, Map<Integer, Double>>> runs,
      int last,
      int length) {
    List<Integer> at = new ArrayList<>();
    for (int second = 0; second <= last; second += length) {
      at.add(second);
    }
    Map<String, Object> values = new LinkedHashMap<>();
    runs.forEach(
        (id, seconds) ->
            values.put(id, stretches(seconds.getOrDefault(metric, Map.of()), unit, at, length)));
    return Json.members("name", metric, "unit", unit, "at", at, "values", values);
  }

  private static List<@Nullable Double> stretches(
      Map<Integer, Double> seconds, String unit, List<Integer> at, int length) {
    List<@Nullable Double> values = new ArrayList<>(at.size());
    for (int from : at) {
      double sum = 0;
      double highest = Double.NEGATIVE_INFINITY;
      int known = 0;
      for (int second = from; second < from + length; second++) {
        Double value = seconds.get(second);
        if (value != null) {
          sum += value;
          highest = Math.max(highest, value);
          known++;
        }
      }
      values.add(known == 0 ? null : (Double) (unit.equals("ms") ? highest : sum / known));
    }
    return values;
  }

  private static Map<String, Map<Integer, Double>> read(Path run) {
    Map<String, Map<Integer, Double>> metrics = new HashMap<>();
    try (RunReader reader = RunReader.open(run)) {
      reader.forEachWindow(
          UNITS.keySet(),
          value ->
              metrics
                  .computeIfAbsent(value.metric(), ignored -> new HashMap<>())
                  .put(value.second(), value.value()));
    } catch (CandorException e) {
      // Of a run before there were any, or one whose file is gone.
      return Map.of();
    }
    return metrics;
  }
}
