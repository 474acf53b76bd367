package dev.candor.corpus.fidelity;

import dev.candor.corpus.shape.EmpiricalDistribution;
import dev.candor.corpus.shape.TrafficShape;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * What to change in a scenario for a part to be like production's: one sentence, with its values.
 */
final class Advice {
  private static final int[] PERCENTILES = {0, 10, 25, 50, 75, 90, 99, 100};

  private Advice() {}

  static String on(Part.Known part, TrafficShape production) {
    return switch (part) {
      case Part.OfSpread spread -> on(spread, production);
      case Part.OfFigure figure -> on(figure);
    };
  }

  private static String on(Part.OfSpread part, TrafficShape production) {
    EmpiricalDistribution ours = part.production();
    EmpiricalDistribution theirs = part.other();
    return switch (part.dimension()) {
      case INPUT_TOKENS ->
          "prompts %s: set input: \"%s\""
              .formatted(means(part, "are longer", "are shorter"), tokens(ours));
      case OUTPUT_TOKENS ->
          "answers %s: set output: \"%s\""
              .formatted(means(part, "are longer", "are shorter"), tokens(ours));
      case TURNS ->
          "sessions %s: set turns: \"%s\""
              .formatted(means(part, "have more turns", "have fewer turns"), tokens(ours));
      case REQUEST_GAP ->
          alike(part)
              ? "requests come as fast as in production, but the gaps between them are spread otherwise: replay its times, or see burstiness"
              : "requests come %s: set rate: %s"
                  .formatted(
                      theirs.mean() > ours.mean() ? "more slowly" : "faster",
                      rate(production.ratePerSecond().orElse(0)));
      case SESSION_GAP ->
          "sessions begin %s: set rate (of sessions, where they have turns): %s"
              .formatted(
                  theirs.mean() > ours.mean() ? "more slowly" : "faster", rate(1e9 / ours.mean()));
      case THINK_TIME ->
          "users think %s: set think: \"%s\""
              .formatted(theirs.mean() > ours.mean() ? "longer" : "less", times(ours));
      case CONCURRENCY ->
          "%s requests are in flight than in production: set users: %d"
              .formatted(
                  theirs.mean() > ours.mean() ? "more" : "fewer",
                  Math.max(1, Math.round(ours.mean())));
    };
  }

  private static String on(Part.OfFigure part) {
    double ours = part.production();
    double theirs = part.other();
    return switch (part.dimension()) {
      case GAP_VARIATION ->
          String.format(
              Locale.ROOT,
              "arrivals are %s (gaps vary by %.2f of their mean, in production by %.2f): %s",
              theirs > ours ? "burstier" : "more even",
              theirs,
              ours,
              arrivals(ours));
      case DISPERSION ->
          String.format(
              Locale.ROOT,
              "counts of arrivals are %s (index of dispersion %.2f, in production %.2f): replay its times, or set arrivals: {on_off: …} with its bursts and lulls",
              theirs > ours ? "burstier" : "more even",
              theirs,
              ours);
      case PREFIX_CEILING ->
          String.format(
              Locale.ROOT,
              "prompts share %s (at best %.0f %% of the input could come from a cache, in production %.0f %%): let system, documents and turns make up %.0f %% of the input tokens, or set cache: {state: mixed, hit_rate: …}",
              theirs > ours ? "more" : "less",
              100 * theirs,
              100 * ours,
              100 * ours);
      case LENGTH_CORRELATION ->
          String.format(
              Locale.ROOT,
              "lengths of prompts and answers hang together by a rank correlation of %.2f, in production of %.2f: set correlation: %.2f",
              theirs,
              ours,
              Math.clamp(ours, -0.99, 0.99));
    };
  }

  private static String arrivals(double variation) {
    if (variation < 0.2) {
      return "set arrivals: constant";
    }
    return variation > 0.8 && variation < 1.25
        ? "set arrivals: poisson"
        : String.format(Locale.ROOT, "set arrivals: {gamma: {cv: %.2f}}", variation);
  }

  /** Whether means are within a twentieth of each other, so that more or less is not the matter. */
  private static boolean alike(Part.OfSpread part) {
    return Math.abs(part.other().mean() - part.production().mean())
        <= 0.05 * part.production().mean();
  }

  private static String means(Part.OfSpread part, String more, String less) {
    double ours = part.production().mean();
    double theirs = part.other().mean();
    if (alike(part)) {
      return "are as in production on average, but spread otherwise";
    }
    return String.format(
        Locale.ROOT,
        "%s than in production (on average %.1f against %.1f)",
        theirs > ours ? more : less,
        theirs,
        ours);
  }

  /** A distribution of counts as a scenario writes it. */
  static String tokens(EmpiricalDistribution distribution) {
    return percentiles(distribution, value -> "%.0f".formatted(value));
  }

  private static String times(EmpiricalDistribution distribution) {
    return percentiles(distribution, nanos -> "%.0fms".formatted(nanos / 1e6));
  }

  private interface Shown {
    String text(double value);
  }

  private static String percentiles(EmpiricalDistribution distribution, Shown shown) {
    if (distribution.min() == distribution.max()) {
      return shown.text(distribution.min());
    }
    StringJoiner text = new StringJoiner(", ", "percentiles(", ")");
    for (int p : PERCENTILES) {
      double value = p == 0 ? distribution.min() : distribution.quantile(p / 100.0);
      text.add("p%d=%s".formatted(p, shown.text(value)));
    }
    return text.toString();
  }

  private static String rate(double perSecond) {
    return perSecond >= 0.1
        ? String.format(Locale.ROOT, "%.2f/s", perSecond)
        : String.format(Locale.ROOT, "%.2f/h", perSecond * 3600);
  }
}
