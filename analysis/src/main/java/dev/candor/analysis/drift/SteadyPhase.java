package dev.candor.analysis.drift;

import dev.candor.record.PhaseRecord;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stretch of a run in which drift is looked for, cut into windows of equal length.
 *
 * @param windows how many whole ones there are
 */
record SteadyPhase(String name, long startNanos, long windowNanos, int windows) {
  private static final long SECOND = 1_000_000_000;
  private static final int FEWEST = 24;
  private static final int MOST = 240;

  /** Seconds; whole minutes and hours have whole numbers of most of them. */
  private static final long[] LENGTHS = {
    10, 15, 20, 30, 60, 90, 120, 180, 300, 600, 900, 1_200, 1_800, 3_600, 7_200
  };

  /** The least that a phase must last. */
  static final long LEAST_NANOS = FEWEST * LENGTHS[0] * SECOND;

  /** Of the longest phase whose level did not change; null where that is too short. */
  static @Nullable SteadyPhase of(List<PhaseRecord> phases) {
    PhaseRecord longest =
        phases.stream()
            .filter(phase -> !phase.ramp() && !phase.warmup())
            .max(Comparator.comparingLong(phase -> phase.endNanos() - phase.measuredFromNanos()))
            .orElse(null);
    if (longest == null) {
      return null;
    }
    long length = longest.endNanos() - longest.measuredFromNanos();
    for (long seconds : LENGTHS) {
      long windows = length / (seconds * SECOND);
      if (windows <= MOST) {
        return windows < FEWEST
            ? null
            : new SteadyPhase(
                longest.name(), longest.measuredFromNanos(), seconds * SECOND, (int) windows);
      }
    }
    return null;
  }

  /**
   * The window of an instant of the run; below 0 before the first, {@code windows} after the last.
   */
  int index(long nanos) {
    return Math.clamp(Math.floorDiv(nanos - startNanos, windowNanos), -1, windows);
  }

  /** When the window of {@link #index} ends. */
  long endOf(int index) {
    return index >= windows ? Long.MAX_VALUE : startNanos + (index + 1) * windowNanos;
  }

  /** The middle of a window in hours since the phase began. */
  double hours(int index) {
    return (index + 0.5) * windowNanos / 3_600e9;
  }

  long endNanos() {
    return startNanos + windows * windowNanos;
  }
}
