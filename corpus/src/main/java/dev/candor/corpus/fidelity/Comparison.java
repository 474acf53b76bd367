package dev.candor.corpus.fidelity;

import dev.candor.corpus.shape.Burstiness.Dispersion;
import dev.candor.corpus.shape.Dimension;
import dev.candor.corpus.shape.Dimension.Figure;
import dev.candor.corpus.shape.Dimension.Spread;
import dev.candor.corpus.shape.Distance;
import dev.candor.corpus.shape.EmpiricalDistribution;
import dev.candor.corpus.shape.TrafficShape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Two shapes, dimension by dimension. */
final class Comparison {
  /*
   * A distribution's score is that of its worse distance. W1 over production's mean says how far
   * lengths or times are off as a whole, D how many are where they should not be; each is blind where the
   * other sees (a far tail moves W1 and hardly D; many small shifts move D and hardly W1). The mean
   * and not the interquartile range is the yardstick, as the latter is 0 wherever half of the values are
   * equal: all turns 1, all answers cut at max_tokens.
   */
  private static final String RATE = "hangs on the rate, which is not compared";

  private final TrafficShape production;
  private final TrafficShape other;
  private final Fidelity.Rates rates;

  Comparison(TrafficShape production, TrafficShape other, Fidelity.Rates rates) {
    this.production = production;
    this.other = other;
    this.rates = rates;
  }

  Part part(Dimension dimension) {
    return switch (dimension) {
      case Spread spread -> part(spread);
      case Figure figure -> part(figure);
    };
  }

  private Part part(Spread spread) {
    return switch (spread) {
      case INPUT_TOKENS, OUTPUT_TOKENS, TURNS, THINK_TIME -> distributions(spread, 1);
      case REQUEST_GAP -> distributions(spread, sameRate(spread));
      case SESSION_GAP ->
          singleTurns(production) && singleTurns(other)
              ? new Part.LeftOut(spread, "every session is one request")
              : distributions(spread, sameRate(spread));
      case CONCURRENCY ->
          rates == Fidelity.Rates.IGNORED
              ? new Part.LeftOut(spread, RATE)
              : distributions(spread, 1);
    };
  }

  private static boolean singleTurns(TrafficShape shape) {
    return shape.of(Spread.TURNS).filter(turns -> turns.max() > 1).isEmpty();
  }

  private double sameRate(Spread gap) {
    double of = production.of(gap).map(EmpiricalDistribution::mean).orElse(0.0);
    double by = other.of(gap).map(EmpiricalDistribution::mean).orElse(0.0);
    return rates == Fidelity.Rates.COMPARED || of == 0 || by == 0 ? 1 : of / by;
  }

  private Part distributions(Spread spread, double factor) {
    Optional<EmpiricalDistribution> ours = production.of(spread);
    Optional<EmpiricalDistribution> theirs = other.of(spread);
    if (ours.isEmpty() || theirs.isEmpty()) {
      return unknown(spread, ours.isPresent(), theirs.isPresent());
    }
    EmpiricalDistribution scaled = factor == 1 ? theirs.get() : theirs.get().scaled(factor);
    Distance distance = Distance.between(ours.get(), scaled);
    double mean = ours.get().mean();
    double wasserstein = distance.wasserstein() == 0 ? 0 : distance.wasserstein() / mean;
    double d = distance.kolmogorovSmirnov();
    // w / (1 + w) as 1 - 1 / (1 + w), which is 1 for an infinite w too: production's are all 0.
    double score = 100 * (1 - Math.max(d, 1 - 1 / (1 + wasserstein)));
    return new Part.OfSpread(spread, ours.get(), scaled, wasserstein, d, score);
  }

  private Part part(Figure figure) {
    return switch (figure) {
      case GAP_VARIATION ->
          ratios(
              figure,
              production.burstiness().map(b -> b.gapVariation()).orElse(OptionalDouble.empty()),
              other.burstiness().map(b -> b.gapVariation()).orElse(OptionalDouble.empty()));
      case DISPERSION ->
          rates == Fidelity.Rates.IGNORED ? new Part.LeftOut(figure, RATE) : dispersions();
      case PREFIX_CEILING ->
          differences(figure, production.prefixCeiling(), other.prefixCeiling(), 2);
      case LENGTH_CORRELATION ->
          differences(figure, production.lengthCorrelation(), other.lengthCorrelation(), 1);
    };
  }

  /** By the longest window of which both have enough. */
  private Part dispersions() {
    List<Dispersion> ours = dispersions(production);
    List<Dispersion> theirs = dispersions(other);
    for (int i = Math.min(ours.size(), theirs.size()) - 1; i >= 0; i--) {
      if (ours.get(i).isKnown() && theirs.get(i).isKnown()) {
        return ratios(
            Figure.DISPERSION,
            OptionalDouble.of(ours.get(i).index()),
            OptionalDouble.of(theirs.get(i).index()));
      }
    }
    return new Part.LeftOut(Figure.DISPERSION, "too short, or without times");
  }

  private static List<Dispersion> dispersions(TrafficShape shape) {
    return shape.burstiness().map(b -> b.dispersions()).orElse(List.of());
  }

  private static Part ratios(Figure figure, OptionalDouble ours, OptionalDouble theirs) {
    if (ours.isEmpty() || theirs.isEmpty()) {
      return unknown(figure, ours.isPresent(), theirs.isPresent());
    }
    double a = ours.getAsDouble();
    double b = theirs.getAsDouble();
    double score = a == b ? 100 : 100 * Math.min(a, b) / Math.max(a, b);
    return new Part.OfFigure(figure, a, b, score);
  }

  /** A difference of 1 costs {@code factor} times all of the score. */
  private static Part differences(
      Figure figure, OptionalDouble ours, OptionalDouble theirs, double factor) {
    if (ours.isEmpty() || theirs.isEmpty()) {
      return unknown(figure, ours.isPresent(), theirs.isPresent());
    }
    double a = ours.getAsDouble();
    double b = theirs.getAsDouble();
    return new Part.OfFigure(figure, a, b, 100 * Math.max(0, 1 - factor * Math.abs(a - b)));
  }

  private static Part unknown(Dimension dimension, boolean ours, boolean theirs) {
    String side = ours ? "in the other" : theirs ? "in production" : "in either";
    return new Part.LeftOut(dimension, "unknown " + side);
  }
}
