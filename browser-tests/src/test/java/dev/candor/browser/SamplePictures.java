package dev.candor.browser;

import dev.candor.report.html.PageShell;
import dev.candor.report.html.PictureHtml;
import dev.candor.report.picture.Bars;
import dev.candor.report.picture.Heat;
import dev.candor.report.picture.Lines;
import dev.candor.report.picture.Picture;
import dev.candor.report.picture.PlotAxis;
import dev.candor.report.picture.Points;
import dev.candor.report.picture.Series;
import dev.candor.report.picture.Waterfall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One picture of each kind, of values that are told apart at a glance. */
final class SamplePictures {
  private SamplePictures() {}

  /**
   * A page of them.
   *
   * @param name stands wherever a picture has text from outside
   */
  static Path page(Path folder, String name) throws IOException {
    String body =
        "<h1>Samples</h1><h2>One of each</h2>"
            + all(name).stream().map(PictureHtml::of).collect(Collectors.joining());
    return Files.writeString(folder.resolve("samples.html"), PageShell.of(name, body));
  }

  static List<Picture> all(String name) {
    return List.of(
        new Picture("lines", "Lines: " + name, "A gap at 2 s, and " + name, lines(name)),
        new Picture("heat", "Heat: " + name, "Two states, and " + name, heat(name)),
        new Picture("waterfall", "Waterfall: " + name, "A stall, and " + name, waterfall(name)),
        new Picture("points", "Points: " + name, "A slope, and " + name, points(name)),
        new Picture("bars", "Bars: " + name, "Parts, and " + name, bars(name)));
  }

  private static Lines lines(String name) {
    return new Lines(
        PlotAxis.time(),
        List.of(0.0, 1.0, 2.0, 3.0, 4.0),
        PlotAxis.fromZero("TTFT", "ms"),
        PlotAxis.fromZero("users", ""),
        List.of(
            new Series("p50 " + name, values(11.0, 13.5, null, 17.25, 19.0)),
            new Series("p99 " + name, values(110.0, 130.0, null, 170.0, 190.0)),
            new Series("users " + name, values(1.0, 2.0, 3.0, 4.0, 5.0), true)),
        List.of(
            new Lines.Span(0, 1, "warm " + name, Lines.Span.Kind.WARMUP),
            new Lines.Span(1, 4, "hold " + name, Lines.Span.Kind.PHASE),
            new Lines.Span(3, 4, "late " + name, Lines.Span.Kind.LIMITED)),
        List.of(new Lines.Mark(2.5, "knee " + name)));
  }

  private static List<@Nullable Double> values(@Nullable Double... values) {
    return Arrays.asList(values);
  }

  private static Heat heat(String name) {
    return new Heat(
        PlotAxis.time(),
        List.of(0.0, 10.0, 20.0, 30.0),
        PlotAxis.log("ITL", "ms"),
        List.of(1.0, 10.0, 100.0),
        List.of(List.of(5L, 0L), List.of(7L, 2L), List.of(0L, 11L)),
        List.of(new Lines.Span(0, 30, name, Lines.Span.Kind.PHASE)));
  }

  private static Waterfall waterfall(String name) {
    return new Waterfall(
        PlotAxis.fromZero("since it was meant to start", "ms"),
        List.of(
            request("slowest " + name, "completed " + name, 100),
            request("any " + name, "failed " + name, 40)));
  }

  private static Waterfall.Request request(String name, String outcome, double first) {
    return new Waterfall.Request(
        name,
        outcome,
        List.of(
            new Waterfall.Part(Waterfall.Kind.HELD, 0, 5),
            new Waterfall.Part(Waterfall.Kind.SEND, 5, 8),
            new Waterfall.Part(Waterfall.Kind.PREFILL, 8, first),
            new Waterfall.Part(Waterfall.Kind.DECODE, first, first + 30),
            new Waterfall.Part(Waterfall.Kind.STALL, first + 30, first + 300)),
        List.of(first, first + 10, first + 20, first + 30, first + 300));
  }

  private static Points points(String name) {
    return new Points(
        PlotAxis.fromZero("input", "tokens"),
        PlotAxis.fromZero("TTFT", "ms"),
        List.of(
            new Points.Cloud(name, List.of(10.0, 20.0, 30.0), List.of(21.0, 42.0, 63.0)),
            new Points.Cloud("other", List.of(15.0, 25.0), List.of(31.0, 52.0))),
        List.of(new Points.Cloud("median " + name, List.of(10.0, 30.0), List.of(21.0, 63.0))));
  }

  private static Bars bars(String name) {
    return new Bars(
        PlotAxis.fromZero("cost", "USD"),
        List.of(name, "other"),
        List.of(
            new Series("good " + name, values(3.0, 4.0)),
            new Series("wasted " + name, values(1.5, null))),
        true);
  }
}
