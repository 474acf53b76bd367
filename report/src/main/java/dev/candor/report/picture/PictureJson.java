package dev.candor.report.picture;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A picture as JSON, as pictures.js reads it: the records one to one, enums in lower case.
 *
 * <p>Values keep five significant digits, more than anybody reads off a picture, and places on a
 * common x ten, so that seconds stay apart, of a long run and of a date. What is no number is null:
 * a gap.
 */
public final class PictureJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final MathContext VALUE = new MathContext(5);
  private static final MathContext PLACE = new MathContext(10);

  private PictureJson() {}

  /** The JSON text, on one line. */
  public static String of(Picture picture) {
    return JSON.writeValueAsString(
        members(
            "id", picture.id(),
            "title", picture.title(),
            "see", picture.see(),
            "plot", plot(picture.plot())));
  }

  private static Map<String, @Nullable Object> plot(Plot plot) {
    return switch (plot) {
      case Lines lines -> lines(lines);
      case Heat heat -> heat(heat);
      case Waterfall waterfall -> waterfall(waterfall);
      case Points points -> points(points);
      case Bars bars -> bars(bars);
    };
  }

  private static Map<String, @Nullable Object> lines(Lines lines) {
    return members(
        "kind", "lines",
        "x", axis(lines.x()),
        "at", numbers(lines.at(), PLACE),
        "y", axis(lines.y()),
        "right", lines.right() == null ? null : axis(lines.right()),
        "series", lines.series().stream().map(PictureJson::series).toList(),
        "spans", spans(lines.spans()),
        "marks",
            lines.marks().stream()
                .map(mark -> members("at", number(mark.at(), PLACE), "name", mark.name()))
                .toList());
  }

  private static Map<String, @Nullable Object> heat(Heat heat) {
    return members(
        "kind", "heat",
        "x", axis(heat.x()),
        "columns", numbers(heat.columns(), PLACE),
        "y", axis(heat.y()),
        "rows", numbers(heat.rows(), VALUE),
        "counts", heat.counts(),
        "spans", spans(heat.spans()));
  }

  private static Map<String, @Nullable Object> waterfall(Waterfall waterfall) {
    return members(
        "kind",
        "waterfall",
        "x",
        axis(waterfall.x()),
        "requests",
        waterfall.requests().stream().map(PictureJson::request).toList());
  }

  private static Map<String, @Nullable Object> request(Waterfall.Request request) {
    return members(
        "name", request.name(),
        "outcome", request.outcome(),
        "parts",
            request.parts().stream()
                .map(
                    part ->
                        members(
                            "kind", lower(part.kind()),
                            "from", number(part.from(), VALUE),
                            "to", number(part.to(), VALUE)))
                .toList(),
        "tokens", numbers(request.tokens(), VALUE));
  }

  private static Map<String, @Nullable Object> points(Points points) {
    return members(
        "kind", "points",
        "x", axis(points.x()),
        "y", axis(points.y()),
        "clouds", points.clouds().stream().map(PictureJson::cloud).toList(),
        "lines", points.lines().stream().map(PictureJson::cloud).toList());
  }

  private static Map<String, @Nullable Object> cloud(Points.Cloud cloud) {
    return members(
        "name", cloud.name(), "x", numbers(cloud.x(), VALUE), "y", numbers(cloud.y(), VALUE));
  }

  private static Map<String, @Nullable Object> bars(Bars bars) {
    return members(
        "kind", "bars",
        "y", axis(bars.y()),
        "categories", bars.categories(),
        "series", bars.series().stream().map(PictureJson::series).toList(),
        "stacked", bars.stacked());
  }

  private static Map<String, @Nullable Object> axis(PlotAxis axis) {
    return members(
        "name", axis.name(),
        "unit", axis.unit(),
        "scale", lower(axis.scale()),
        "from", number(axis.from(), VALUE));
  }

  private static Map<String, @Nullable Object> series(Series series) {
    return members(
        "name", series.name(),
        "values", numbers(series.values(), VALUE),
        "right", series.right());
  }

  private static List<Map<String, @Nullable Object>> spans(List<Lines.Span> spans) {
    return spans.stream()
        .map(
            span ->
                members(
                    "from", number(span.from(), PLACE),
                    "to", number(span.to(), PLACE),
                    "name", span.name(),
                    "kind", lower(span.kind())))
        .toList();
  }

  private static List<@Nullable Number> numbers(
      List<? extends @Nullable Double> values, MathContext digits) {
    List<@Nullable Number> rounded = new ArrayList<>(values.size());
    for (Double value : values) {
      rounded.add(number(value, digits));
    }
    return rounded;
  }

  /** Rounded; whole numbers without a decimal point, which half the values of a run are. */
  private static @Nullable Number number(@Nullable Double value, MathContext digits) {
    if (value == null || !Double.isFinite(value)) {
      return null;
    }
    double rounded = BigDecimal.valueOf(value).round(digits).doubleValue();
    if (rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15) {
      return (long) rounded;
    }
    return rounded;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, @Nullable Object> members(@Nullable Object... keysAndValues) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      members.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return members;
  }
}
