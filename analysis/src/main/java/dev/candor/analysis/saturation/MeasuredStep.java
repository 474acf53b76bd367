package dev.candor.analysis.saturation;

import dev.candor.analysis.Summary;
import dev.candor.record.SweepStep;

/** One step of a sweep, as it was carried out and what it measured. */
public record MeasuredStep(SweepStep step, Summary.Phase figures) {

  /** Users or requests a second. */
  double level() {
    return step.level();
  }

  /** Whether it says something of its level. */
  boolean counts() {
    return switch (step.mark()) {
      case GOOD, BAD -> true;
      case DISTURBED, HOLD, INTERRUPTED -> false;
    };
  }
}
