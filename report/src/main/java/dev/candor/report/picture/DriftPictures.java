package dev.candor.report.picture;

import dev.candor.analysis.drift.Drift;
import dev.candor.report.picture.Lines.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A picture of each metric that was tested for drift, with its fitted line. */
public final class DriftPictures {
  private static final int MOST_MARKS = 40;
  private static final int SECONDS_AN_HOUR = 3600;

  private DriftPictures() {}

  public static List<Picture> of(Drift drift) {
    List<Picture> pictures = new ArrayList<>();
    drift.trends().forEach(trend -> pictures.add(picture(drift, trend)));
    drift.spikes().forEach(spikes -> pictures.add(picture(drift, spikes)));
    return pictures;
  }

  private static Picture picture(Drift drift, Drift.Trend trend) {
    List<@Nullable Double> fitted = new ArrayList<>();
    List<Double> at = at(drift, trend.values().size());
    at.forEach(
        second ->
            fitted.add(
                trend.start() + trend.perHour() * (second - drift.fromS()) / SECONDS_AN_HOUR));
    String key = trend.metric().key();
    return new Picture(
        "drift-" + id(key),
        key + (trend.drifting() ? ": drift found" : ""),
        trend.drifting()
            ? "The straight line is the trend; it is sure, and large enough to matter."
            : "The straight line is the trend; no drift was found.",
        new Lines(
            PlotAxis.time(),
            at,
            PlotAxis.fromZero(key, trend.metric().unit()),
            null,
            List.of(
                new Series("window by window", known(trend.values())), new Series("trend", fitted)),
            List.of(),
            List.of()));
  }

  private static Picture picture(Drift drift, Drift.Spikes spikes) {
    List<Mark> marks = new ArrayList<>();
    double end = drift.fromS() + drift.hours() * SECONDS_AN_HOUR;
    if (spikes.found()) {
      for (double at = spikes.firstS();
          at < end && marks.size() < MOST_MARKS;
          at += spikes.periodS()) {
        marks.add(new Mark(at, ""));
      }
    }
    return new Picture(
        "spikes-" + id(spikes.metric()),
        spikes.metric() + (spikes.found() ? ": spikes found" : ""),
        spikes.found()
            ? String.format(
                Locale.ROOT,
                "It comes back every %.0f s, where the marks are: look for what runs that often.",
                spikes.periodS())
            : "No spikes that come back were found.",
        new Lines(
            PlotAxis.time(),
            at(drift, spikes.values().size()),
            PlotAxis.fromZero(spikes.metric(), "ms"),
            null,
            List.of(new Series("window by window", known(spikes.values()))),
            List.of(),
            marks));
  }

  private static String id(String metric) {
    return metric.replace('.', '-').replace('_', '-').toLowerCase(Locale.ROOT);
  }

  /** The windows' middles. */
  private static List<Double> at(Drift drift, int windows) {
    double each = drift.hours() * SECONDS_AN_HOUR / Math.max(1, windows);
    return IntStream.range(0, windows)
        .mapToObj(window -> drift.fromS() + (window + 0.5) * each)
        .toList();
  }

  private static List<@Nullable Double> known(List<Double> values) {
    List<@Nullable Double> known = new ArrayList<>();
    values.forEach(value -> known.add(Double.isNaN(value) ? null : value));
    return known;
  }
}
