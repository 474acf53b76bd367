package dev.candor.report.picture;

import dev.candor.analysis.history.Trend;
import dev.candor.record.history.CataloguedRun;
import dev.candor.report.picture.Lines.Mark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A figure from run to run, and what stands out. */
public final class TrendPictures {
  private TrendPictures() {}

  /**
   * The picture.
   *
   * @param runs those that have the figure; {@code values} one a run
   */
  public static Picture of(
      String id,
      String title,
      String unit,
      List<CataloguedRun> runs,
      Trend trend,
      double[] values) {
    List<Double> at = new ArrayList<>();
    List<@Nullable Double> all = new ArrayList<>();
    List<@Nullable Double> off = new ArrayList<>();
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      double run = runs.get(i).id();
      Trend.Kind kind = trend.marks().get(i).kind();
      at.add(run);
      all.add(values[i]);
      off.add(kind == Trend.Kind.OUTLIER ? values[i] : null);
      if (kind == Trend.Kind.CHANGE) {
        marks.add(new Mark(run, "changed: run " + runs.get(i).id()));
      }
    }
    List<Series> series = new ArrayList<>();
    series.add(new Series("runs", all));
    if (off.stream().anyMatch(value -> value != null)) {
      series.add(new Series("off alone", Collections.unmodifiableList(off)));
    }
    return new Picture(
        id,
        title,
        marks.isEmpty()
            ? "A point a run, by its number: the level has not changed."
            : "A point a run, by its number: the level changed where it is marked.",
        new Lines(
            new PlotAxis("run", "", PlotAxis.Scale.LINEAR, null),
            at,
            PlotAxis.fromZero("value", unit),
            null,
            series,
            List.of(),
            marks));
  }
}
