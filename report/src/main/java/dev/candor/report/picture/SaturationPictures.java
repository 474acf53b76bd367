package dev.candor.report.picture;

import dev.candor.analysis.saturation.Saturation;
import dev.candor.record.SweepStep;
import dev.candor.report.picture.Lines.Mark;
import dev.candor.report.picture.Lines.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A sweep's curves over its load, with bracket, knee and operating point. */
public final class SaturationPictures {
  private final Saturation saturation;
  private final List<Saturation.Step> steps;

  private SaturationPictures(Saturation saturation) {
    this.saturation = saturation;
    steps =
        saturation.steps().stream()
            .filter(step -> step.mark() != SweepStep.Mark.DISTURBED)
            .sorted(Comparator.comparingDouble(Saturation.Step::level))
            .toList();
  }

  /** None where no step has figures. */
  public static List<Picture> of(Saturation saturation) {
    SaturationPictures pictures = new SaturationPictures(saturation);
    return pictures.steps.isEmpty() ? List.of() : pictures.all();
  }

  private List<Picture> all() {
    return List.of(
        new Picture(
            "saturation-ttft",
            "TTFT over the load",
            "Where the curve turns up, load is paid for in waiting. " + where(),
            lines(
                PlotAxis.log("TTFT", "ms"),
                null,
                List.of(
                    series("p50", Saturation.Step::ttftP50, false),
                    series("p90", Saturation.Step::ttftP90, false),
                    series("p99", Saturation.Step::ttftP99, false)))),
        new Picture(
            "saturation-throughput",
            "Throughput and goodput over the load",
            "Where output no longer grows the server is full; where goodput falls, its users are no"
                + " longer served.",
            lines(
                PlotAxis.fromZero("output", "tok/s"),
                PlotAxis.fromZero("goodput", "%"),
                List.of(
                    series("output tokens", step -> step.outputTps(), false),
                    series("goodput", SaturationPictures::goodput, true)))),
        new Picture(
            "saturation-itl",
            "ITL over the load",
            "How much slower every answer flows as more of them are made at once.",
            lines(
                PlotAxis.fromZero("ITL", "ms"),
                null,
                List.of(
                    series("p50", Saturation.Step::itlP50, false),
                    series("p99", Saturation.Step::itlP99, false)))));
  }

  private Lines lines(PlotAxis y, @Nullable PlotAxis right, List<Series> series) {
    PlotAxis x =
        switch (saturation.dimension()) {
          case USERS -> PlotAxis.fromZero("users", "");
          case RATE -> PlotAxis.fromZero("rate", "requests/s");
        };
    List<Double> at = steps.stream().map(Saturation.Step::level).toList();
    return new Lines(x, at, y, right, series, bracket(), marks());
  }

  private String where() {
    return saturation.knee() == null
        ? "No load was good, so that there is no knee."
        : saturation.firstBad() == null
            ? "No load was bad: the knee is not known to be here."
            : "The knee lies in the shaded bracket, and the operating point keeps away from it.";
  }

  private List<Span> bracket() {
    Double knee = saturation.knee();
    Double bad = saturation.firstBad();
    return knee == null || bad == null
        ? List.of()
        : List.of(new Span(knee, bad, "the knee lies in here", Span.Kind.BRACKET));
  }

  private List<Mark> marks() {
    List<Mark> marks = new ArrayList<>();
    Double point = saturation.operatingPoint();
    if (point != null) {
      marks.add(new Mark(point, "operating point"));
    }
    Double knee = saturation.knee();
    if (knee != null) {
      marks.add(new Mark(knee, "knee"));
    }
    return marks;
  }

  private static @Nullable Double goodput(Saturation.Step step) {
    Double ratio = step.goodput();
    return ratio == null ? null : Double.valueOf(100 * ratio);
  }

  private Series series(
      String name, Function<Saturation.Step, @Nullable Double> value, boolean right) {
    List<@Nullable Double> values = new ArrayList<>();
    steps.forEach(step -> values.add(value.apply(step)));
    return new Series(name, values, right);
  }
}
