package dev.candor.analysis.detail;

import java.util.List;

/**
 * Counts of latencies over the run: at most {@value HeatCounts#MOST_COLUMNS} columns, ten rows for
 * each power of ten, from the lowest to the highest that have any. What is below 0.1 ms or above an
 * hour is in the outermost row.
 *
 * @param columnS seconds of a column, a power of two; the first begins with the run
 * @param rowsMs edges of the rows in ms, ascending, one more than there are rows
 * @param counts by column, then by row
 */
public record HeatMap(double columnS, List<Double> rowsMs, List<List<Long>> counts) {}
