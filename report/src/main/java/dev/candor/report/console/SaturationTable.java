package dev.candor.report.console;

import dev.candor.analysis.saturation.Saturation;
import dev.candor.analysis.saturation.Saturation.Bounds;
import dev.candor.analysis.saturation.Saturation.Scalability;
import dev.candor.record.SweepStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a sweep found, in rows of text, the same for the console and the HTML report. */
public final class SaturationTable {
  /** By Little's law; short steps are off by what begins and ends in them. */
  private static final double LITTLE_OFF = 0.1;

  private SaturationTable() {}

  /** What the columns are. */
  public static List<String> columns(Saturation s) {
    return List.of(
        s.dimension().key(),
        "result",
        "goodput",
        "TTFT p50",
        "p90",
        "p99",
        "ITL p50",
        "tok/s",
        "adds");
  }

  /** A row for each step, in the order of the run. */
  public static List<List<String>> rows(Saturation s) {
    List<List<String>> rows = new ArrayList<>();
    for (Saturation.Step step : s.steps()) {
      rows.add(
          List.of(
              level(s, step),
              step.mark().key(),
              step.goodput() == null ? "n/a" : Figures.percent(step.goodput()),
              ms(step.ttftP50()),
              ms(step.ttftP90()),
              ms(step.ttftP99()),
              ms(step.itlP50()),
              Figures.number(step.outputTps()),
              step.marginal() == null ? "" : "%.0f %%".formatted(100 * step.marginal())));
    }
    return rows;
  }

  private static String level(Saturation s, Saturation.Step step) {
    return switch (s.dimension()) {
      case USERS -> Long.toString(Math.round(step.level()));
      case RATE -> s.text(step.level());
    };
  }

  /** What is to be known of the knee, a sentence each. */
  public static List<String> findings(Saturation s) {
    List<String> findings = new ArrayList<>();
    Double knee = s.knee();
    if (knee != null) {
      findings.add(
          "knee: %s%s; good means %s"
              .formatted(
                  s.text(knee), bounds(s, s.kneeCi()), String.join(" and ", s.conditions())));
      Double point = s.operatingPoint();
      if (point != null) {
        findings.add(
            "operating point: %s%s".formatted(s.text(point), bounds(s, s.operatingPointCi())));
      }
    }
    findings.add("the search ended: " + s.why());
    Saturation.HoldVerdict hold = s.hold();
    if (hold != null) {
      findings.add(
          "hold at %s: %s; %s"
              .formatted(
                  s.text(hold.level()),
                  hold.stable() ? "a stable operating point" : "not a stable operating point",
                  String.join("; ", hold.reasons())));
    }
    findings.add(scalability(s));
    findings.addAll(doubts(s));
    return findings;
  }

  private static String bounds(Saturation s, @Nullable Bounds bounds) {
    if (bounds == null || (bounds.low() == null && bounds.high() == null)) {
      return "";
    }
    return " (95 %%: %s to %s)"
        .formatted(
            bounds.low() == null ? "unknown" : s.text(bounds.low()),
            bounds.high() == null ? "unknown" : s.text(bounds.high()));
  }

  private static String scalability(Saturation s) {
    return switch (s.scalability()) {
      case Scalability.Unknown unknown ->
          "second opinion, the Universal Scalability Law: none, " + unknown.reason();
      case Scalability.Fitted fit ->
          String.format(
              Locale.ROOT,
              "second opinion, the Universal Scalability Law through the steps' throughput: contention %.4f, coherence %.2g, R² %.3f; %s",
              fit.sigma(),
              fit.kappa(),
              fit.rSquared(),
              fit.peakLoad() == null
                  ? "throughput has no peak in it"
                  : "throughput would peak at " + s.text(fit.peakLoad()));
    };
  }

  private static List<String> doubts(Saturation s) {
    List<String> doubts = new ArrayList<>();
    List<String> unsettled =
        s.steps().stream().filter(step -> !step.settled()).map(Saturation.Step::phase).toList();
    if (!unsettled.isEmpty()) {
      doubts.add(
          "no steady state was found in %s, whose figures are of their second halves, or of all of a short one: longer steps (step.at_most) may have one"
              .formatted(String.join(", ", unsettled)));
    }
    List<String> off = new ArrayList<>();
    for (Saturation.Step step : s.steps()) {
      Double ratio = step.littleRatio();
      if (ratio != null && Math.abs(ratio - 1) > LITTLE_OFF) {
        off.add(String.format(Locale.ROOT, "%s (%.2f)", step.phase(), ratio));
      }
    }
    if (!off.isEmpty()) {
      doubts.add(
          "by Little's law, rate × time in system is the concurrency; it was not, within a tenth, in %s: not in a steady state, or shorter than a few answers"
              .formatted(String.join(", ", off)));
    }
    s.steps().stream()
        .filter(step -> step.mark() == SweepStep.Mark.DISTURBED)
        .forEach(step -> doubts.add("%s was disturbed: %s".formatted(step.phase(), step.why())));
    return doubts;
  }

  private static String ms(@Nullable Double value) {
    return value == null ? "n/a" : Figures.ms(value);
  }

  static List<String> lines(Saturation s) {
    List<String> lines = new ArrayList<>();
    lines.add("saturation");
    lines.add(row(columns(s)));
    rows(s).forEach(cells -> lines.add(row(cells)));
    return lines;
  }

  private static String row(List<String> cells) {
    return "  %-7s%-10s%8s%9s%9s%9s%9s%8s%7s".formatted(cells.toArray());
  }
}
