package dev.candor.analysis.saturation;

import dev.candor.scenario.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The levels that a sweep has measured, from the lowest up, each with all its steps. */
final class Levels {
  /** Nearer levels differ by less than the noise of their throughput. */
  private static final double APART = 0.8;

  private final Sweep sweep;
  private final NavigableMap<Double, Level> levels = new TreeMap<>();

  private Levels(Sweep sweep) {
    this.sweep = sweep;
  }

  static Levels of(Sweep sweep, List<MeasuredStep> steps) {
    Levels levels = new Levels(sweep);
    NavigableMap<Double, List<MeasuredStep>> byLevel = new TreeMap<>();
    for (MeasuredStep step : steps) {
      if (step.counts()) {
        byLevel.computeIfAbsent(step.level(), ignored -> new ArrayList<>()).add(step);
      }
    }
    byLevel.forEach((level, own) -> levels.levels.put(level, new Level(level, own)));
    return levels;
  }

  boolean isEmpty() {
    return levels.isEmpty();
  }

  List<Level> all() {
    return new ArrayList<>(levels.values());
  }

  double lowest() {
    return levels.firstKey();
  }

  double highest() {
    return levels.lastKey();
  }

  /** How often {@code level} was measured. */
  int count(double level) {
    Level found = levels.get(level);
    return found == null ? 0 : found.steps().size();
  }

  /** Whether a level meets the conditions, and more load still brings more tokens there. */
  boolean good(Level level) {
    // Without a share asked for, throughput may fall and does not matter.
    Double marginal = sweep.marginal() == 0 ? null : marginal(level);
    return !level.failed(sweep.conditions())
        && level.meets(sweep.conditions())
        && (marginal == null || marginal >= sweep.marginal());
  }

  /** The lowest level that is not good, null where all are. */
  @Nullable Level firstBad() {
    return levels.values().stream().filter(level -> !good(level)).findFirst().orElse(null);
  }

  /** The highest good level below the lowest bad one; null where there is none. */
  @Nullable Level lastGood() {
    Level last = null;
    for (Level level : levels.values()) {
      if (!good(level)) {
        return last;
      }
      last = level;
    }
    return last;
  }

  /**
   * Output TPS that one more user (or request a second) brings at {@code level}, as a share of what
   * the first level's bring each: from the next level that is at least a fifth lower. Null where
   * there is none, or nothing came at the first.
   */
  @Nullable Double marginal(Level level) {
    var below = levels.floorEntry(level.level() * APART);
    if (below == null) {
      return null;
    }
    Level first = levels.firstEntry().getValue();
    double each = first.outputTps() / first.level();
    if (each <= 0) {
      return null;
    }
    Level from = below.getValue();
    double slope = (level.outputTps() - from.outputTps()) / (level.level() - from.level());
    return slope / each;
  }
}
