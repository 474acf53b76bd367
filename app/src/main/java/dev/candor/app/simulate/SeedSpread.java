package dev.candor.app.simulate;

import dev.candor.analysis.Summary;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.base.stats.MeanInterval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How much the figures of simulations that differ in their seed alone are spread. */
public final class SeedSpread {
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final List<Long> seeds;

  /** A figure over all seeds that have it. */
  record Row(List<Double> values, MeanInterval mean) {
    double min() {
      return Collections.min(values);
    }

    double max() {
      return Collections.max(values);
    }
  }

  public SeedSpread(List<Summary> summaries) {
    seeds = summaries.stream().map(Summary::seed).toList();
    for (String metric : List.of("ttft", "itl", "tpot", "e2e")) {
      add(summaries, metric + ".mean", latency(metric, Summary.Latency::mean));
      add(summaries, metric + ".p50", latency(metric, Summary.Latency::p50));
      add(summaries, metric + ".p90", latency(metric, Summary.Latency::p90));
      add(summaries, metric + ".p99", latency(metric, Summary.Latency::p99));
    }
    add(summaries, "requests", phase -> phase.rates().requests());
    add(summaries, "output_tps", phase -> phase.rates().outputTps());
    add(summaries, "input_tps", phase -> phase.rates().inputTps());
    add(summaries, "concurrency", phase -> phase.rates().concurrency());
    add(summaries, "goodput", phase -> phase.goodput().ratio());
    add(summaries, "cache_hit_rate", phase -> phase.cache().hitRate());
    add(summaries, "failed", phase -> (double) phase.requests().failed());
  }

  private static Function<Summary.Phase, @Nullable Double> latency(
      String metric, Function<Summary.Latency, @Nullable Double> figure) {
    return phase -> {
      Summary.Latency latency = phase.latency().get(metric);
      return latency == null ? null : figure.apply(latency);
    };
  }

  private void add(
      List<Summary> summaries, String name, Function<Summary.Phase, @Nullable Double> figure) {
    List<Double> values = new ArrayList<>();
    for (Summary summary : summaries) {
      Double value = figure.apply(summary.overall());
      if (value != null) {
        values.add(value);
      }
    }
    if (!values.isEmpty()) {
      rows.put(name, new Row(List.copyOf(values), MeanInterval.of(values)));
    }
  }

  /** As a table. */
  public String table() {
    StringBuilder table = new StringBuilder();
    line(table, "figure", "seeds", "mean", "95 % interval of it", "min", "max");
    rows.forEach(
        (name, row) ->
            line(
                table,
                name,
                Integer.toString(row.values().size()),
                number(row.mean().mean()),
                row.values().size() < 2
                    ? "n/a"
                    : number(row.mean().low()) + " to " + number(row.mean().high()),
                number(row.min()),
                number(row.max())));
    return table.toString();
  }

  private static void line(StringBuilder table, String... cells) {
    table.append(
        String.format(
            Locale.ROOT,
            "%-15s %5s %12s %26s %12s %12s%n",
            cells[0],
            cells[1],
            cells[2],
            cells[3],
            cells[4],
            cells[5]));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value != 0 && Math.abs(value) < 10 ? "%.3f" : "%,.1f", value);
  }

  /** For machines: each figure's values in the order of the seeds, and their mean. */
  public String json() {
    Map<String, Object> figures = new LinkedHashMap<>();
    rows.forEach(
        (name, row) -> {
          Map<String, Object> figure = new LinkedHashMap<>();
          figure.put("mean", row.mean().mean());
          figure.put(
              "mean_ci95",
              row.values().size() < 2 ? List.of() : List.of(row.mean().low(), row.mean().high()));
          figure.put("min", row.min());
          figure.put("max", row.max());
          figure.put("values", row.values());
          figures.put(name, figure);
        });
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("seeds", seeds);
    all.put("figures", figures);
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
  }

  /** Writes {@link #json} to {@code file}. */
  public void write(Path file) {
    try {
      Files.writeString(file, json());
    } catch (IOException e) {
      throw new CandorException(
          ErrorCode.TARGET, "cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
