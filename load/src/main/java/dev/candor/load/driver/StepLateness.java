package dev.candor.load.driver;

import dev.candor.record.StartLateness;
import dev.candor.scenario.LoadStep;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * By how much later than scheduled one loop made its starts, for each step that has a schedule.
 * <b>For its loop's thread only</b>, and for others once the run has finished.
 */
final class StepLateness {
  private final List<@Nullable Histogram> steps = new ArrayList<>();

  /** Takes the next step. */
  void add(LoadStep step) {
    steps.add(
        switch (step) {
          case LoadStep.Closed ignored -> null;
          case LoadStep.Open ignored -> new Histogram(3);
          case LoadStep.Replay ignored -> new Histogram(3);
        });
  }

  void add(int step, long nanos) {
    Histogram late = steps.get(step);
    if (late != null) {
      late.recordValue(Math.max(0, nanos));
    }
  }

  /** That of one step, null where nothing is scheduled. */
  @Nullable Histogram of(int step) {
    return steps.get(step);
  }

  /** That of one step over all loops. */
  static StartLateness together(List<Histogram> loops) {
    Histogram all = new Histogram(3);
    loops.forEach(all::add);
    if (all.getTotalCount() == 0) {
      return new StartLateness(0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
    return new StartLateness(
        all.getTotalCount(),
        all.getMean(),
        all.getMinValue(),
        all.getValueAtPercentile(50),
        all.getValueAtPercentile(90),
        all.getValueAtPercentile(95),
        all.getValueAtPercentile(99),
        all.getValueAtPercentile(99.9),
        all.getMaxValue());
  }
}
