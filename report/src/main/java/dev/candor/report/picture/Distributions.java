package dev.candor.report.picture;

import dev.candor.analysis.Analysis.Bin;
import dev.candor.analysis.Summary;
import dev.candor.report.picture.Lines.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How values are distributed: how many are where, and what share lies below. */
public final class Distributions {
  private Distributions() {}

  /** A latency, with its mean and percentiles where they fall. */
  public static Picture latency(
      String id, String name, Summary.@Nullable Latency latency, List<Bin> bins) {
    List<Mark> marks = new ArrayList<>();
    if (latency != null) {
      mark(marks, latency.mean(), "mean");
      mark(marks, latency.p50(), "p50");
      mark(marks, latency.p90(), "p90");
      mark(marks, latency.p99(), "p99");
      marks.sort(Comparator.comparingDouble(Mark::at));
    }
    return of(
        id,
        name + " distribution",
        "Two humps are two kinds of request, or two states of the server. The tail on the right is"
            + " what neither mean nor p50 tells of.",
        PlotAxis.log(name, "ms"),
        bins,
        marks);
  }

  private static void mark(List<Mark> marks, @Nullable Double at, String name) {
    if (at != null && at > 0) {
      marks.add(new Mark(at, name));
    }
  }

  /**
   * The picture; its bins' widths grow, as latencies do.
   *
   * @param x what the bins' edges are
   */
  static Picture of(
      String id, String title, String see, PlotAxis x, List<Bin> bins, List<Mark> marks) {
    List<Double> at = new ArrayList<>();
    List<@Nullable Double> counts = new ArrayList<>();
    List<@Nullable Double> below = new ArrayList<>();
    long all = bins.stream().mapToLong(Bin::count).sum();
    long sum = 0;
    for (Bin bin : bins) {
      at.add(Math.sqrt(Math.max(bin.low(), bin.high() / 2) * bin.high()));
      counts.add((double) bin.count());
      sum += bin.count();
      below.add(100.0 * sum / Math.max(1, all));
    }
    return new Picture(
        id,
        title,
        see,
        new Lines(
            x,
            at,
            PlotAxis.fromZero("samples", ""),
            PlotAxis.fromZero("at most this", "%"),
            List.of(new Series("samples", counts), new Series("share at most this", below, true)),
            List.of(),
            marks));
  }
}
