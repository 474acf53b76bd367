package dev.candor.report.picture;

import dev.candor.analysis.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Latency, throughput and goodput over the load, where a run had several. */
public final class LoadPictures {
  private LoadPictures() {}

  /** None where there were fewer than two loads of one kind. */
  public static List<Picture> of(List<Summary.Phase> phases) {
    boolean users = phases.stream().allMatch(phase -> phase.users() != null);
    boolean rates = phases.stream().allMatch(phase -> phase.rate() != null);
    if (!users && !rates) {
      return List.of();
    }
    ToDoubleFunction<Summary.Phase> level = phase -> level(phase, users);
    List<Summary.Phase> sorted = phases.stream().sorted(Comparator.comparingDouble(level)).toList();
    if (sorted.stream().mapToDouble(level).distinct().count() < 2) {
      return List.of();
    }
    PlotAxis x = users ? PlotAxis.fromZero("users", "") : PlotAxis.fromZero("rate", "requests/s");
    List<Double> at = sorted.stream().map(phase -> level(phase, users)).toList();
    String load = users ? "users" : "the rate";
    return List.of(
        new Picture(
            "load-ttft",
            "TTFT against " + load,
            "A curve that turns up is the knee: from there on, load is paid for in waiting.",
            lines(x, at, PlotAxis.log("TTFT", "ms"), null, latencies(sorted, "ttft"))),
        new Picture(
            "load-itl",
            "ITL against " + load,
            "How much slower every answer flows as more are made at once.",
            lines(x, at, PlotAxis.fromZero("ITL", "ms"), null, latencies(sorted, "itl"))),
        new Picture(
            "load-throughput",
            "Throughput and goodput against " + load,
            "Where throughput no longer grows the server is full; where goodput falls, users are"
                + " no longer served.",
            lines(
                x,
                at,
                PlotAxis.fromZero("output", "tok/s"),
                PlotAxis.fromZero("goodput", "%"),
                List.of(
                    series("output tokens", sorted, p -> p.rates().outputTps(), false),
                    series("goodput", sorted, LoadPictures::goodput, true)))));
  }

  private static double level(Summary.Phase phase, boolean users) {
    Integer many = phase.users();
    Double rate = phase.rate();
    return users ? (many == null ? 0 : many) : rate == null ? 0 : rate;
  }

  private static Lines lines(
      PlotAxis x, List<Double> at, PlotAxis y, @Nullable PlotAxis right, List<Series> series) {
    return new Lines(x, at, y, right, series, List.of(), List.of());
  }

  private static List<Series> latencies(List<Summary.Phase> phases, String key) {
    return List.of(
        latency("p50", phases, key, Summary.Latency::p50),
        latency("p90", phases, key, Summary.Latency::p90),
        latency("p99", phases, key, Summary.Latency::p99));
  }

  private static Series latency(
      String name,
      List<Summary.Phase> phases,
      String key,
      Function<Summary.Latency, @Nullable Double> value) {
    return series(
        name,
        phases,
        phase -> {
          Summary.Latency latency = phase.latency().get(key);
          return latency == null ? null : value.apply(latency);
        },
        false);
  }

  private static @Nullable Double goodput(Summary.Phase phase) {
    Double ratio = phase.goodput().ratio();
    return ratio == null ? null : Double.valueOf(100 * ratio);
  }

  private static Series series(
      String name,
      List<Summary.Phase> phases,
      Function<Summary.Phase, @Nullable Double> value,
      boolean right) {
    List<@Nullable Double> values = new ArrayList<>();
    phases.forEach(phase -> values.add(value.apply(phase)));
    return new Series(name, values, right);
  }
}
