package dev.candor.analysis.detail;

import java.util.List;

/**
 * Counts of latencies over the run.
 *
 * @param columnS seconds of a column; the first begins with the run
 * @param rowsMs edges of the rows in ms, ascending, one more than there are rows
 * @param counts by column, then by row
 */
public record HeatMap(double columnS, List<Double> rowsMs, List<List<Long>> counts) {}
