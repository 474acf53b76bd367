package dev.candor.report.picture;

import java.util.List;

/**
 * Bars side by side, or on top of each other.
 *
 * @param categories a bar, or a group of bars, each; the values of the series are in their order
 * @param stacked whether the series are parts of one whole
 */
public record Bars(PlotAxis y, List<String> categories, List<Series> series, boolean stacked)
    implements Plot {}
