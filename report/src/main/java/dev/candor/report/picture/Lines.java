package dev.candor.report.picture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines over a common x.
 *
 * @param at the x of all series, ascending
 * @param right a second axis for the series that say so; null: none does
 */
public record Lines(
    PlotAxis x,
    List<Double> at,
    PlotAxis y,
    @Nullable PlotAxis right,
    List<Series> series,
    List<Span> spans,
    List<Mark> marks)
    implements Plot {

  /** A stretch of x that is shaded, with its reason. */
  public record Span(double from, double to, String name, Kind kind) {

    /** What is said of it. */
    public enum Kind {
      PHASE,
      WARMUP,
      /** The figures are the client's own. */
      LIMITED,
      /** The run's process was dead. */
      LOST,
      /** Between two values that matter, such as the bracket of a knee. */
      BRACKET
    }
  }

  /** A place on x, such as a knee. */
  public record Mark(double at, String name) {}
}
