package dev.candor.analysis.detail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts latencies over the run. Where it gets too long, two columns become one, so that memory
 * does not go by its length. The order in which they come makes no difference. For one thread.
 */
final class HeatCounts {
  static final int MOST_COLUMNS = 240;
  private static final int ROWS_A_DECADE = 10;
  private static final int LOWEST_DECADE = -1;
  private static final long SECOND = 1_000_000_000L;

  /** Edges from 0.1 ms to the first beyond an hour. */
  private static final double[] EDGES_MS = edges();

  private static final long[] EDGES_NANOS =
      Arrays.stream(EDGES_MS).mapToLong(ms -> Math.round(ms * 1e6)).toArray();
  private static final int ROWS = EDGES_MS.length - 1;

  private final List<long[]> columns = new ArrayList<>();
  private long columnNanos = SECOND;

  private static double[] edges() {
    double hourMs = 3_600_000;
    int steps = (int) Math.ceil((Math.log10(hourMs) - LOWEST_DECADE) * ROWS_A_DECADE);
    return IntStream.rangeClosed(0, steps)
        .mapToDouble(step -> Math.pow(10, LOWEST_DECADE + step / (double) ROWS_A_DECADE))
        .toArray();
  }

  /** Adds {@code count} of {@code nanos}, {@code atNanos} into the run. */
  void add(long atNanos, long nanos, long count) {
    int column = (int) Math.max(0, atNanos / columnNanos);
    while (column >= MOST_COLUMNS) {
      halve();
      column = (int) (atNanos / columnNanos);
    }
    while (columns.size() <= column) {
      columns.add(new long[ROWS]);
    }
    columns.get(column)[row(nanos)] += count;
  }

  private void halve() {
    for (int i = 0; i < columns.size(); i++) {
      long[] from = columns.get(i);
      if (i % 2 == 0) {
        columns.set(i / 2, from);
      } else {
        long[] into = columns.get(i / 2);
        Arrays.setAll(into, row -> into[row] + from[row]);
      }
    }
    columns.subList((columns.size() + 1) / 2, columns.size()).clear();
    columnNanos *= 2;
  }

  private static int row(long nanos) {
    int found = Arrays.binarySearch(EDGES_NANOS, nanos);
    return Math.clamp(found >= 0 ? found : -found - 2, 0, ROWS - 1);
  }

  /** What was counted, null where that is nothing. */
  @Nullable HeatMap map() {
    long[] rows = new long[ROWS];
    columns.forEach(column -> Arrays.setAll(rows, row -> rows[row] + column[row]));
    int first = 0;
    while (first < ROWS && rows[first] == 0) {
      first++;
    }
    if (first == ROWS) {
      return null;
    }
    int last = ROWS - 1;
    while (rows[last] == 0) {
      last--;
    }
    int from = first;
    int to = last + 1;
    return new HeatMap(
        columnNanos / (double) SECOND,
        Arrays.stream(EDGES_MS, from, to + 1).boxed().toList(),
        columns.stream()
            .map(column -> LongStream.of(Arrays.copyOfRange(column, from, to)).boxed().toList())
            .toList());
  }
}
