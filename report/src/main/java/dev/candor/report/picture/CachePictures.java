package dev.candor.report.picture;

import dev.candor.analysis.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The same load on a cold cache, a warm one and a mixed one, side by side. */
public final class CachePictures {
  private CachePictures() {}

  /**
   * The pictures.
   *
   * @param states by name, in their order
   */
  public static List<Picture> of(Map<String, Summary.Phase> states) {
    List<Picture> pictures = new ArrayList<>();
    add(
        pictures,
        "cache-ttft",
        "TTFT by state of the cache",
        "Warm against cold is what the prefix cache saves a user; a test that repeats one prompt"
            + " measures the warm one alone.",
        PlotAxis.fromZero("TTFT", "ms"),
        percentiles(states, "ttft"));
    add(
        pictures,
        "cache-itl",
        "ITL by state of the cache",
        "Prefills that others need stand between tokens: a warm cache has fewer of them.",
        PlotAxis.fromZero("ITL", "ms"),
        percentiles(states, "itl"));
    add(
        pictures,
        "cache-hits",
        "Hit rate by state of the cache",
        "What was asked for, and what the server did by its usage: far apart, the state was not"
            + " had.",
        PlotAxis.fromZero("of prompt tokens", "%"),
        hitRates(states));
    add(
        pictures,
        "cache-throughput",
        "Output by state of the cache",
        "The same load; what the cache spares in prefill is free for answers.",
        PlotAxis.fromZero("output", "tok/s"),
        grouped(Map.of("output tokens", phase -> phase.rates().outputTps()), states));
    return pictures;
  }

  private record Grouped(List<String> states, List<Series> series) {}

  private static Grouped percentiles(Map<String, Summary.Phase> states, String key) {
    Map<String, Function<Summary.Phase, @Nullable Double>> values = new LinkedHashMap<>();
    values.put("p50", phase -> latency(phase, key, Summary.Latency::p50));
    values.put("p90", phase -> latency(phase, key, Summary.Latency::p90));
    values.put("p99", phase -> latency(phase, key, Summary.Latency::p99));
    return grouped(values, states);
  }

  private static Grouped hitRates(Map<String, Summary.Phase> states) {
    Map<String, Function<Summary.Phase, @Nullable Double>> values = new LinkedHashMap<>();
    values.put("asked for", phase -> percent(phase.cache().asked()));
    values.put("by usage", phase -> percent(phase.cache().hitRate()));
    return grouped(values, states);
  }

  private static Grouped grouped(
      Map<String, Function<Summary.Phase, @Nullable Double>> values,
      Map<String, Summary.Phase> states) {
    List<Series> series = new ArrayList<>();
    values.forEach(
        (name, value) -> {
          List<@Nullable Double> found = new ArrayList<>();
          states.values().forEach(phase -> found.add(value.apply(phase)));
          if (found.stream().anyMatch(each -> each != null)) {
            series.add(new Series(name, found));
          }
        });
    return new Grouped(List.copyOf(states.keySet()), series);
  }

  private static void add(
      List<Picture> pictures, String id, String title, String see, PlotAxis y, Grouped bars) {
    if (!bars.series().isEmpty()) {
      pictures.add(new Picture(id, title, see, new Bars(y, bars.states(), bars.series(), false)));
    }
  }

  private static @Nullable Double percent(@Nullable Double share) {
    return share == null ? null : Double.valueOf(100 * share);
  }

  private static @Nullable Double latency(
      Summary.Phase phase, String key, Function<Summary.Latency, @Nullable Double> value) {
    Summary.Latency latency = phase.latency().get(key);
    return latency == null ? null : value.apply(latency);
  }
}
