package dev.candor.corpus.fidelity;

import dev.candor.corpus.shape.Dimension;
import dev.candor.corpus.shape.TrafficShape;
import java.util.Comparator;
import java.util.List;

/**
 * How like production other traffic is.
 *
 * @param score from 0 to 100: the mean of the parts that were compared, by their weights
 * @param worst the part with the lowest score
 */
public record Fidelity(
    TrafficShape production, TrafficShape other, List<Part> parts, double score, Part.Known worst) {

  public Fidelity {
    parts = List.copyOf(parts);
  }

  /** Whether a comparison minds that one has more requests a second than the other. */
  public enum Rates {
    COMPARED,
    /** Gaps are compared as if both had the same rate; what hangs on the rate is left out. */
    IGNORED
  }

  /** Compares {@code other} with {@code production}. */
  public static Fidelity of(TrafficShape production, TrafficShape other, Rates rates) {
    Comparison comparison = new Comparison(production, other, rates);
    List<Part> parts = Dimension.all().stream().map(comparison::part).toList();
    List<Part.Known> known =
        parts.stream().filter(Part.Known.class::isInstance).map(Part.Known.class::cast).toList();
    double weights = known.stream().mapToDouble(part -> part.dimension().weight()).sum();
    double score =
        known.stream().mapToDouble(part -> part.dimension().weight() * part.score()).sum()
            / weights;
    // Input lengths are always known, so that there is a worst part.
    Part.Known worst =
        known.stream().min(Comparator.comparingDouble(Part.Known::score)).orElseThrow();
    return new Fidelity(production, other, parts, score, worst);
  }

  /** What to change, the worst part first: for every part with a score below {@code below}. */
  public List<String> advice(double below) {
    return parts.stream()
        .filter(Part.Known.class::isInstance)
        .map(Part.Known.class::cast)
        .filter(part -> part.score() < below)
        .sorted(Comparator.comparingDouble(Part.Known::score))
        .map(part -> Advice.on(part, production))
        .toList();
  }
}
