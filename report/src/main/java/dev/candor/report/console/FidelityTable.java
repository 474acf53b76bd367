package dev.candor.report.console;

import dev.candor.corpus.fidelity.Fidelity;
import dev.candor.corpus.fidelity.Part;
import dev.candor.corpus.shape.Dimension;
import dev.candor.corpus.shape.EmpiricalDistribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A comparison with production in 80 columns: its parts, the score, the worst and what to change.
 */
public final class FidelityTable {
  private static final int WIDTH = 80;
  private static final int LABEL = 18;
  private static final double[] QUANTILES = {0.5, 0.9, 0.99};

  private final StringBuilder text = new StringBuilder();

  private FidelityTable() {}

  /** Parts alone: the distances, without advice. */
  public static String distances(Fidelity fidelity, String production, String other) {
    FidelityTable table = new FidelityTable();
    table.parts(fidelity, production, other);
    return table.text.toString();
  }

  /** All of it; what to change for parts with a score below {@code adviceBelow}. */
  public static String of(Fidelity fidelity, String production, String other, double adviceBelow) {
    FidelityTable table = new FidelityTable();
    table.parts(fidelity, production, other);
    table.conclusion(fidelity, adviceBelow);
    return table.text.toString();
  }

  private void parts(Fidelity fidelity, String production, String other) {
    line("production: " + production);
    line("other:      " + other);
    line("");
    line(" ".repeat(LABEL) + "          production                other     W1    KS");
    line(" ".repeat(LABEL) + "    p50    p90    p99    p50    p90    p99  /mean     D  score");
    List<String> leftOut = new ArrayList<>();
    for (Part part : fidelity.parts()) {
      switch (part) {
        case Part.OfSpread spread -> line(spread(spread));
        case Part.OfFigure figure -> line(figure(figure));
        case Part.LeftOut each -> leftOut.add(each.dimension().title() + " (" + each.why() + ")");
      }
    }
    if (!leftOut.isEmpty()) {
      wrapped("left out: ", String.join(", ", leftOut));
    }
  }

  private static String spread(Part.OfSpread part) {
    return String.format(
        Locale.ROOT,
        "%s%s%s %6.2f %5.2f %6.1f",
        label(part.dimension()),
        quantiles(part.dimension(), part.production()),
        quantiles(part.dimension(), part.other()),
        part.wasserstein(),
        part.kolmogorovSmirnov(),
        part.score());
  }

  private static String quantiles(Dimension dimension, EmpiricalDistribution values) {
    StringBuilder row = new StringBuilder();
    for (double p : QUANTILES) {
      row.append("%7s".formatted(Quantities.of(dimension.unit(), values.quantile(p))));
    }
    return row.toString();
  }

  private static String figure(Part.OfFigure part) {
    return String.format(
        Locale.ROOT,
        "%s%7s%14s%7s%14s %6s %5s %6.1f",
        label(part.dimension()),
        Quantities.of(part.dimension().unit(), part.production()),
        "",
        Quantities.of(part.dimension().unit(), part.other()),
        "",
        "",
        "",
        part.score());
  }

  private static String label(Dimension dimension) {
    return ("%-" + LABEL + "s").formatted(dimension.title());
  }

  private void conclusion(Fidelity fidelity, double adviceBelow) {
    line("");
    line(
        String.format(
            Locale.ROOT,
            "fidelity %.1f of 100; worst: %s (%.1f)",
            fidelity.score(),
            fidelity.worst().dimension().title(),
            fidelity.worst().score()));
    List<String> advice = fidelity.advice(adviceBelow);
    if (!advice.isEmpty()) {
      line("to come closer, the worst first:");
      advice.forEach(each -> wrapped("  * ", each));
    }
  }

  private void line(String content) {
    text.append(content.stripTrailing()).append('\n');
  }

  private void wrapped(String head, String content) {
    StringBuilder line = new StringBuilder(head);
    @Nullable String pending = null;
    for (String word : content.split(" ")) {
      if (pending != null && line.length() + 1 + word.length() > WIDTH) {
        line(line.toString());
        line = new StringBuilder(" ".repeat(head.length()));
        pending = null;
      }
      line.append(pending == null ? "" : " ").append(word);
      pending = word;
    }
    line(line.toString());
  }
}
