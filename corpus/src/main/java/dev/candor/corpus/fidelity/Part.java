package dev.candor.corpus.fidelity;

import dev.candor.corpus.shape.Dimension;
import dev.candor.corpus.shape.EmpiricalDistribution;

/** One dimension of a comparison. */
public sealed interface Part {

  Dimension dimension();

  /** A part that was compared. */
  sealed interface Known extends Part {

    /** From 0, nothing alike, to 100, the same. */
    double score();
  }

  /**
   * Two distributions.
   *
   * @param wasserstein W₁ over production's mean
   * @param kolmogorovSmirnov D
   */
  record OfSpread(
      Dimension.Spread dimension,
      EmpiricalDistribution production,
      EmpiricalDistribution other,
      double wasserstein,
      double kolmogorovSmirnov,
      double score)
      implements Known {}

  /** Two figures. */
  record OfFigure(Dimension.Figure dimension, double production, double other, double score)
      implements Known {}

  /**
   * A dimension that is left out of the score.
   *
   * @param why as a person reads it
   */
  record LeftOut(Dimension dimension, String why) implements Part {}
}
