package dev.candor.analysis.saturation;

import dev.candor.analysis.Analysis;
import dev.candor.analysis.Analysis.Window;
import dev.candor.base.stats.MannKendall;
import dev.candor.base.stats.Median;
import dev.candor.base.stats.TheilSen;
import dev.candor.record.PhaseRecord;
import dev.candor.scenario.Sweep;
import dev.candor.scenario.Threshold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges the hold at the operating point: the conditions are met over all of it, and neither TTFT
 * nor ITL nor the requests in flight grow while the load does not.
 */
final class HoldAnalysis {
  private static final int WINDOWS = 40;
  private static final int FEWEST_WINDOWS = 12;

  /** Three figures are tested; together they raise a false alarm in 5 % of holds at most. */
  private static final double LEVEL = 0.05 / 3;

  /** A change over the hold that nobody would call a drift, however sure it is. */
  private static final double SMALLEST_CHANGE = 0.05;

  private HoldAnalysis() {}

  static Saturation.HoldVerdict of(
      MeasuredStep hold, PhaseRecord phase, List<Analysis.Window> windows, Sweep sweep) {
    List<String> against = new ArrayList<>();
    Level level = new Level(hold.level(), List.of(hold));
    for (Threshold condition : sweep.conditions()) {
      Double value = level.value(condition);
      if (value == null || !condition.comparison().holds(value, condition.bound())) {
        against.add(
            "%s was not met: %s"
                .formatted(
                    condition.expression(),
                    value == null ? "n/a" : String.format(Locale.ROOT, "%.4g", value)));
      }
    }
    Sweep.Hold asked = sweep.hold();
    double lasted = (phase.endNanos() - phase.startNanos()) / 1e9;
    if (asked != null && lasted < asked.durationNanos() / 1e9 - 1) {
      against.add(
          "it ended after %.0f of %d s: %s"
              .formatted(lasted, asked.durationNanos() / 1_000_000_000, hold.step().why()));
    }
    List<Window> inside =
        windows.stream()
            .filter(
                window ->
                    window.second() * 1_000_000_000L >= phase.measuredFromNanos()
                        && (window.second() + 1) * 1_000_000_000L <= phase.endNanos())
            .toList();
    int secondsEach = inside.size() / WINDOWS + 1;
    if (inside.size() / secondsEach < FEWEST_WINDOWS) {
      against.add(
          "it was too short to tell whether anything grows: %d s, at least %d are needed"
              .formatted(inside.size(), FEWEST_WINDOWS));
    } else {
      grows("TTFT", inside, secondsEach, Window::ttftP50, against);
      grows("ITL", inside, secondsEach, Window::itlP50, against);
      grows("the number of requests in flight", inside, secondsEach, Window::inFlight, against);
    }
    boolean stable = against.isEmpty();
    return new Saturation.HoldVerdict(
        hold.level(),
        stable,
        stable
            ? List.of(
                "over %d s every condition was met, and neither TTFT nor ITL nor the requests in flight grew"
                    .formatted(inside.size()))
            : against);
  }

  private static void grows(
      String what,
      List<Window> windows,
      int seconds,
      Function<Window, @Nullable Double> figure,
      List<String> against) {
    double[] medians = medians(windows, seconds, figure);
    if (medians.length < FEWEST_WINDOWS) {
      return;
    }
    MannKendall test = MannKendall.correlated(medians);
    double[] x = new double[medians.length];
    Arrays.setAll(x, i -> i);
    double change = TheilSen.of(x, medians, test).slope() * medians.length;
    double middle = Arrays.stream(medians).average().orElse(0);
    if (test.p() < LEVEL && change > SMALLEST_CHANGE * middle) {
      against.add(
          String.format(
              Locale.ROOT,
              "%s grew by %.0f %% over the hold (p = %.4f)",
              what,
              100 * change / middle,
              test.p()));
    }
  }

  /** Medians of so many seconds each; seconds without a value are passed over. */
  private static double[] medians(
      List<Window> windows, int seconds, Function<Window, @Nullable Double> figure) {
    List<Double> medians = new ArrayList<>();
    for (int from = 0; from + seconds <= windows.size(); from += seconds) {
      double[] values =
          windows.subList(from, from + seconds).stream()
              .map(figure)
              .filter(value -> value != null)
              .mapToDouble(Double::doubleValue)
              .toArray();
      if (values.length > 0) {
        medians.add(Median.of(values));
      }
    }
    return medians.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
