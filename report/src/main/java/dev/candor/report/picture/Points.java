package dev.candor.report.picture;

import java.util.List;

/**
 * Points, and lines through them.
 *
 * @param lines such as the median by bin
 */
public record Points(PlotAxis x, PlotAxis y, List<Cloud> clouds, List<Cloud> lines)
    implements Plot {

  /** Points that belong together: the n-th is at the n-th x and y. */
  public record Cloud(String name, List<Double> x, List<Double> y) {}
}
