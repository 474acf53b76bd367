package dev.candor.app.estimate;

import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Sweep;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways that a sweep may go: up by a factor to the first bad level, then into the middle of the
 * bracket, then its ends again (docs/saturation.md).
 */
final class SweepPaths {
  private static final double FACTOR = 1.6;
  private static final int MOST_LEVELS = 40;

  private final Sweep sweep;
  private final List<LoadStep> steps = new ArrayList<>();

  private SweepPaths(Sweep sweep) {
    this.sweep = sweep;
  }

  /** The first level is too much, and so is all below it: halves, each as short as may be. */
  static List<LoadStep> shortest(Sweep sweep) {
    SweepPaths path = new SweepPaths(sweep);
    double level = sweep.from();
    double least = sweep.dimension() == Sweep.Dimension.USERS ? 1 : 0.01;
    while (path.steps.size() < MOST_LEVELS) {
      path.measure(level, sweep.step().atLeastNanos());
      if (level <= least) {
        break;
      }
      double half = level / 2;
      level = sweep.dimension() == Sweep.Dimension.USERS ? Math.floor(half) : Math.max(least, half);
    }
    return path.steps;
  }

  /**
   * The knee is {@code knee}.
   *
   * @param longest whether steps last as long as they may, else as short
   */
  static List<LoadStep> to(Sweep sweep, double knee, boolean longest) {
    SweepPaths path = new SweepPaths(sweep);
    long nanos = longest ? sweep.step().atMostNanos() : sweep.step().atLeastNanos();
    double good = 0;
    double bad = Double.POSITIVE_INFINITY;
    double level = sweep.from();
    for (int i = 0; i < MOST_LEVELS && bad == Double.POSITIVE_INFINITY; i++) {
      path.measure(level, nanos);
      if (level > knee) {
        bad = level;
      } else {
        good = level;
        if (level >= sweep.to()) {
          break;
        }
        level = Math.min(sweep.to(), path.whole(level * FACTOR));
      }
    }
    while (bad != Double.POSITIVE_INFINITY
        && bad - good > path.widest(good)
        && path.steps.size() < 2 * MOST_LEVELS) {
      double middle = (good + bad) / 2;
      double next = sweep.dimension() == Sweep.Dimension.USERS ? Math.floor(middle) : middle;
      path.measure(next, nanos);
      if (next > knee) {
        bad = next;
      } else {
        good = next;
      }
    }
    if (bad != Double.POSITIVE_INFINITY) {
      for (int i = 1; i < sweep.repeats(); i++) {
        path.measure(good, nanos);
        path.measure(bad, nanos);
      }
    }
    Sweep.Hold hold = sweep.hold();
    if (hold != null && good > 0) {
      double held = path.whole(Math.max(1e-9, good * hold.share()));
      path.steps.add(sweep.rampTo(held, "hold"));
      path.steps.add(sweep.stepAt(held, "hold", hold.durationNanos()));
    }
    return path.steps;
  }

  private void measure(double level, long nanos) {
    if (sweep.step().rampNanos() > 0) {
      steps.add(sweep.rampTo(level, "ramp"));
    }
    steps.add(sweep.stepAt(level, "step", nanos));
  }

  private double whole(double level) {
    return sweep.dimension() == Sweep.Dimension.USERS
        ? Math.max(1, Math.floor(level + 0.5))
        : level;
  }

  private double widest(double good) {
    double asked = sweep.resolution() * good;
    return sweep.dimension() == Sweep.Dimension.USERS
        ? Math.max(1, Math.floor(asked + 1e-9))
        : asked * (1 + 1e-9) + 1e-9;
  }
}
