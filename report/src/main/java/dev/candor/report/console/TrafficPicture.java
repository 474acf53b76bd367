package dev.candor.report.console;

import dev.candor.corpus.shape.Burstiness.Dispersion;
import dev.candor.corpus.shape.CorpusShape;
import dev.candor.corpus.shape.Dimension.Spread;
import dev.candor.corpus.shape.EmpiricalDistribution;
import dev.candor.corpus.shape.ShapeJson;
import dev.candor.corpus.shape.TrafficShape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What {@code candor corpus show} prints for a person. */
public final class TrafficPicture {
  private static final int LABEL = 17;
  private static final int COLUMN = 7;
  private static final int MOST_NAMES = 8;

  private final int width;
  private final StringBuilder text = new StringBuilder();

  private TrafficPicture(int width) {
    this.width = width;
  }

  /** The whole picture of a corpus; {@code name} is what it is called. */
  public static String of(String name, CorpusShape corpus, int width) {
    TrafficPicture picture = new TrafficPicture(width);
    picture.corpus(name, corpus);
    return picture.text.toString();
  }

  private void corpus(String name, CorpusShape corpus) {
    TrafficShape shape = corpus.shape();
    line(name + ": " + size(shape));
    line(names("classes", corpus.classes()));
    line(names("sources", corpus.sources()));
    line("");
    table(shape);
    for (Spread spread : List.of(Spread.INPUT_TOKENS, Spread.OUTPUT_TOKENS, Spread.TURNS)) {
      shape
          .of(spread)
          .filter(values -> values.min() < values.max())
          .ifPresent(
              values -> {
                line("");
                line(spread.title());
                text.append(LengthBars.of(values, width));
              });
    }
    if (shape.arrivals().length > 0) {
      line("");
      line("arrivals over time");
      line("  " + Sparkline.of(shape.arrivals(), width - 4));
    }
    line("");
    figures(shape);
    corpus
        .byClass()
        .forEach(
            (each, of) -> {
              line("");
              line("class " + each + ": " + size(of));
              table(of);
              figures(of);
            });
  }

  private void line(String content) {
    text.append(content.stripTrailing()).append('\n');
  }

  private static String size(TrafficShape shape) {
    String times =
        shape.ratePerSecond().isPresent()
            ? String.format(
                Locale.ROOT,
                "%s at %.2f requests/s",
                Quantities.nanos(shape.spanNanos()),
                shape.ratePerSecond().getAsDouble())
            : "without times";
    return String.format(
        Locale.ROOT,
        "%,d requests in %,d sessions%n%s input and %s output tokens, %s",
        shape.requests(),
        shape.sessions(),
        Quantities.count(shape.inputTokens()),
        Quantities.count(shape.outputTokens()),
        times);
  }

  private static String names(String title, Map<String, Long> counts) {
    String listed =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(MOST_NAMES)
            .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    int more = counts.size() - MOST_NAMES;
    return title + ": " + listed + (more > 0 ? " and %d more".formatted(more) : "");
  }

  private void table(TrafficShape shape) {
    StringBuilder head = new StringBuilder(" ".repeat(LABEL)).append(right("mean"));
    ShapeJson.PERCENTILES.forEach(p -> head.append(right("p" + p)));
    line(head.append(right("max")).toString());
    for (Spread spread : Spread.values()) {
      String values = shape.of(spread).map(each -> row(spread, each)).orElse(right("n/a"));
      line(("%-" + LABEL + "s").formatted(spread.title()) + values);
    }
  }

  private static String row(Spread spread, EmpiricalDistribution values) {
    StringBuilder row = new StringBuilder(right(Quantities.of(spread.unit(), values.mean())));
    for (int p : ShapeJson.PERCENTILES) {
      row.append(right(Quantities.of(spread.unit(), values.quantile(p / 100.0))));
    }
    return row.append(right(Quantities.of(spread.unit(), values.max()))).toString();
  }

  private static String right(String value) {
    return ("%" + COLUMN + "s").formatted(value);
  }

  private void figures(TrafficShape shape) {
    String ceiling =
        shape.prefixCeiling().isEmpty()
            ? "n/a (no blocks)"
            : String.format(
                Locale.ROOT,
                "%s%.1f %% of input tokens; by whole blocks %.1f %%",
                shape.ceilingExact() ? "" : "about ",
                100 * shape.prefixCeiling().getAsDouble(),
                100 * shape.wholeBlockCeiling().orElse(0));
    line("prefix ceiling   " + ceiling);
    line(
        "burstiness       gaps vary by "
            + ratio(shape.burstiness().map(b -> b.gapVariation()).orElse(OptionalDouble.empty()))
            + " of their mean");
    line(
        "                 index of dispersion "
            + shape
                .burstiness()
                .map(
                    b ->
                        b.dispersions().stream()
                            .map(TrafficPicture::dispersion)
                            .collect(Collectors.joining(", ")))
                .orElse("n/a"));
    line("input ~ output   rank correlation " + ratio(shape.lengthCorrelation()));
  }

  private static String dispersion(Dispersion dispersion) {
    return dispersion.isKnown()
        ? String.format(Locale.ROOT, "%.2f (%d s)", dispersion.index(), dispersion.windowSeconds())
        : "n/a (%d s)".formatted(dispersion.windowSeconds());
  }

  private static String ratio(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.2f", value.getAsDouble()) : "n/a";
  }
}
