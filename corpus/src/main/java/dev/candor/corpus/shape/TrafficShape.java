package dev.candor.corpus.shape;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What some traffic looks like. A dimension that it says nothing of is absent.
 *
 * @param requests at least one
 * @param sessions conversations that began in it
 * @param spanNanos from the first arrival to the last; 0 where times are unknown
 * @param spreads the distributions
 * @param prefixCeiling best possible cache hit rate, every token of a shared block counted
 * @param wholeBlockCeiling the same by vLLM's rule: whole blocks alone, and never a prompt's last
 *     token
 * @param ceilingExact whether the two are counted and not estimated (over two million blocks)
 * @param lengthCorrelation Spearman's, of input and output tokens
 * @param arrivals counts in equal bins over the span
 */
public record TrafficShape(
    long requests,
    long sessions,
    long inputTokens,
    long outputTokens,
    long spanNanos,
    Map<Dimension.Spread, EmpiricalDistribution> spreads,
    Optional<Burstiness> burstiness,
    OptionalDouble prefixCeiling,
    OptionalDouble wholeBlockCeiling,
    boolean ceilingExact,
    OptionalDouble lengthCorrelation,
    long[] arrivals) {

  public TrafficShape {
    spreads = spreads.isEmpty() ? Map.of() : new EnumMap<>(spreads);
    arrivals = arrivals.clone();
  }

  /** The distribution of {@code dimension}, where it is known. */
  public Optional<EmpiricalDistribution> of(Dimension.Spread dimension) {
    return Optional.ofNullable(spreads.get(dimension));
  }

  /** Mean arrivals a second, where times are known. */
  public OptionalDouble ratePerSecond() {
    return spanNanos == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((requests - 1) * 1e9 / spanNanos);
  }
}
