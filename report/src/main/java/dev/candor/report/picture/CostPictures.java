package dev.candor.report.picture;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Analysis.Bin;
import dev.candor.analysis.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Money by what it went for, and what nobody had anything of. */
public final class CostPictures {
  private CostPictures() {}

  /** None where nothing is known of money and no token was wasted. */
  public static List<Picture> of(Analysis analysis) {
    Summary summary = analysis.summary();
    Summary.Cost cost = summary.overall().cost();
    List<Picture> pictures = new ArrayList<>();
    if (cost != null) {
      parts(summary.phases(), cost.currency(), pictures);
      perRequest(analysis, cost.currency(), pictures);
    }
    List<Summary.WastedBy> wasted = wasted(summary.overall());
    if (!wasted.isEmpty()) {
      pictures.add(waste(wasted, cost));
    }
    return pictures;
  }

  /** Causes of which tokens or money were wasted. */
  public static List<Summary.WastedBy> wasted(Summary.Phase phase) {
    return phase.waste().causes().stream()
        .filter(by -> by.inputTokens() + by.outputTokens() > 0 || known(by) > 0)
        .toList();
  }

  private static double known(Summary.WastedBy by) {
    return by.cost() == null ? 0 : by.cost();
  }

  private static void parts(List<Summary.Phase> phases, String currency, List<Picture> pictures) {
    List<Summary.Phase> billed = phases.stream().filter(phase -> phase.cost() != null).toList();
    List<Series> series = new ArrayList<>();
    part(series, "input, not cached", billed, Summary.CostParts::uncachedInput);
    part(series, "input, cached", billed, Summary.CostParts::cachedInput);
    part(series, "cache writes", billed, Summary.CostParts::cacheWrite);
    part(series, "output", billed, Summary.CostParts::output);
    part(series, "requests", billed, Summary.CostParts::requests);
    part(series, "time of GPUs", billed, Summary.CostParts::time);
    if (!series.isEmpty()) {
      pictures.add(
          new Picture(
              "cost-parts",
              "What the money went for",
              "Prompts or answers, whichever is larger, is where a shorter text saves most.",
              new Bars(
                  PlotAxis.fromZero("cost", currency),
                  billed.stream().map(Summary.Phase::name).toList(),
                  series,
                  true)));
    }
  }

  private static void part(
      List<Series> series,
      String name,
      List<Summary.Phase> phases,
      Function<Summary.CostParts, @Nullable Double> value) {
    List<@Nullable Double> values = new ArrayList<>();
    for (Summary.Phase phase : phases) {
      values.add(value.apply(Objects.requireNonNull(phase.cost()).parts()));
    }
    if (values.stream().anyMatch(each -> each != null && each > 0)) {
      series.add(new Series(name, values));
    }
  }

  /** Of a thousand requests, whose cost has digits before the point. */
  private static void perRequest(Analysis analysis, String currency, List<Picture> pictures) {
    List<Bin> bins =
        analysis.distributions().getOrDefault("cost", List.of()).stream()
            .map(bin -> new Bin(bin.low() * 1000, bin.high() * 1000, bin.count()))
            .toList();
    if (!bins.isEmpty()) {
      pictures.add(
          Distributions.of(
              "cost-per-request",
              "What a request cost",
              "The dear ones on the right decide the bill.",
              PlotAxis.log("a thousand such requests", currency),
              bins,
              List.of()));
    }
  }

  private static Picture waste(List<Summary.WastedBy> wasted, Summary.@Nullable Cost cost) {
    boolean money = cost != null && wasted.stream().anyMatch(by -> known(by) > 0);
    List<@Nullable Double> values = new ArrayList<>();
    List<@Nullable Double> input = new ArrayList<>();
    List<@Nullable Double> output = new ArrayList<>();
    for (Summary.WastedBy by : wasted) {
      values.add(by.cost());
      input.add((double) by.inputTokens());
      output.add((double) by.outputTokens());
    }
    return new Picture(
        "waste",
        "Wasted: tokens whose answer no user saw",
        "Paid for and thrown away, by cause: the longest is the first to end.",
        new Bars(
            money
                ? PlotAxis.fromZero("cost", cost == null ? "" : cost.currency())
                : PlotAxis.fromZero("tokens", ""),
            wasted.stream().map(Summary.WastedBy::cause).toList(),
            money
                ? List.of(new Series("cost", values))
                : List.of(new Series("input tokens", input), new Series("output tokens", output)),
            !money));
  }
}
