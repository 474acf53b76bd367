package dev.candor.report.picture;

import java.util.List;

/**
 * How many values fell into each cell.
 *
 * @param columns edges on x, one more than there are columns
 * @param rows edges on y, one more than there are rows
 * @param counts by column, then by row
 */
public record Heat(
    PlotAxis x,
    List<Double> columns,
    PlotAxis y,
    List<Double> rows,
    List<List<Long>> counts,
    List<Lines.Span> spans)
    implements Plot {}
