package dev.candor.analysis.saturation;

import dev.candor.analysis.ThresholdValue;
import dev.candor.record.SweepStep;
import dev.candor.scenario.Sweep;
import dev.candor.scenario.Sweep.Dimension;
import dev.candor.scenario.Threshold;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a sweep measures next, from what it has measured. A pure function: the same steps
 * lead to the same decision, during the run and in its analysis.
 */
public final class SweepSearch {
  /*
   * Up by a factor until a level is bad; then halves of the bracket [last good, first bad] until it
   * is as narrow as asked; then each end again, as often as asked. All steps of a level count
   * together, so that a repeat may turn a verdict, and the search then goes on from there.
   */
  private static final double FACTOR = 1.6;
  private static final double LEAST_RATE = 0.01;

  /** A search that noise leads round in circles ends at last. */
  private static final int MOST_STEPS = 40;

  private final Sweep sweep;

  public SweepSearch(Sweep sweep) {
    this.sweep = sweep;
  }

  /** What to do. */
  public sealed interface Next {
    /** Measure at {@code level}. */
    record Measure(double level) implements Next {}

    /** The search is over. */
    record Done(String why) implements Next {}
  }

  /** What follows {@code steps}, in the order in which they were measured. */
  public Next next(List<MeasuredStep> steps) {
    Levels levels = Levels.of(sweep, steps);
    if (levels.isEmpty()) {
      return new Next.Measure(sweep.from());
    }
    if (steps.stream().filter(MeasuredStep::counts).count() >= MOST_STEPS) {
      return new Next.Done(
          "gave up after %d steps: repeats contradict each other".formatted(MOST_STEPS));
    }
    Level bad = levels.firstBad();
    Level good = levels.lastGood();
    if (bad == null) {
      return above(levels.highest());
    }
    if (good == null) {
      return below(levels, bad);
    }
    double width = bad.level() - good.level();
    if (width > widest(good.level())) {
      return new Next.Measure(between(good.level(), bad.level()));
    }
    if (levels.count(good.level()) < sweep.repeats()) {
      return new Next.Measure(good.level());
    }
    if (levels.count(bad.level()) < sweep.repeats()) {
      return new Next.Measure(bad.level());
    }
    return new Next.Done(
        "the bracket from %s to %s is as narrow as asked"
            .formatted(text(good.level()), text(bad.level())));
  }

  private Next above(double highest) {
    if (highest >= sweep.to()) {
      return new Next.Done(
          "every level up to %s is good: the knee lies higher".formatted(text(sweep.to())));
    }
    double next = highest * FACTOR;
    return new Next.Measure(
        Math.min(sweep.to(), sweep.dimension() == Dimension.USERS ? Math.round(next) : next));
  }

  /** The first level is too much already. */
  private Next below(Levels levels, Level bad) {
    double least = sweep.dimension() == Dimension.USERS ? 1 : LEAST_RATE;
    if (bad.level() > least) {
      double half = bad.level() / 2;
      return new Next.Measure(
          sweep.dimension() == Dimension.USERS ? Math.floor(half) : Math.max(least, half));
    }
    return levels.count(bad.level()) < sweep.repeats()
        ? new Next.Measure(bad.level())
        : new Next.Done("no level is good, not even %s".formatted(text(bad.level())));
  }

  /** How wide the bracket may be above {@code good}. */
  private double widest(double good) {
    double asked = sweep.resolution() * good;
    // The rounding of a rate's halves must not ask for one more step.
    return sweep.dimension() == Dimension.USERS
        ? Math.max(1, Math.floor(asked + 1e-9))
        : asked * (1 + 1e-9);
  }

  private double between(double good, double bad) {
    double middle = (good + bad) / 2;
    return sweep.dimension() == Dimension.USERS ? Math.floor(middle) : middle;
  }

  /** The operating point that a knee leads to. */
  public static double operatingPoint(Sweep sweep, double knee, double share) {
    return sweep.dimension() == Dimension.USERS
        ? Math.max(1, Math.floor(knee * share + 1e-9))
        : knee * share;
  }

  /** The knee so far: the highest good level below the first bad one; 0 where there is none. */
  public double knee(List<MeasuredStep> steps) {
    Level good = Levels.of(sweep, steps).lastGood();
    return good == null ? 0 : good.level();
  }

  /** Whether a step that ended by itself was a good one. */
  public SweepStep.Mark mark(MeasuredStep step) {
    return new Level(step.level(), List.of(step)).meets(sweep.conditions())
        ? SweepStep.Mark.GOOD
        : SweepStep.Mark.BAD;
  }

  /**
   * Why nothing can be said of the first level, though requests were completed: too few of them for
   * a condition's percentile. Null where all is known, or levels before it were.
   */
  public @Nullable String tooFew(MeasuredStep step, List<MeasuredStep> before) {
    long completed = step.figures().requests().completed();
    if (completed == 0 || before.stream().anyMatch(MeasuredStep::counts)) {
      return null;
    }
    for (Threshold condition : sweep.conditions()) {
      if (completed < condition.samplesNeeded()
          && ThresholdValue.of(condition, step.figures()) == null) {
        return "%d requests were completed in steady state at %s, and '%s' needs %d: raise step.at_most"
            .formatted(
                completed, text(step.level()), condition.expression(), condition.samplesNeeded());
      }
    }
    return null;
  }

  /** A level with its unit. */
  public String text(double level) {
    return text(sweep.dimension(), level);
  }

  static String text(Dimension dimension, double level) {
    return switch (dimension) {
      case USERS -> Math.round(level) + (Math.round(level) == 1 ? " user" : " users");
      case RATE -> String.format(Locale.ROOT, level < 10 ? "%.2f/s" : "%.1f/s", level);
    };
  }
}
