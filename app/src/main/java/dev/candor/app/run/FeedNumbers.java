package dev.candor.app.run;

import dev.candor.record.LeftRun;
import dev.candor.scenario.LoadStep;
import dev.candor.workload.arrival.FireTimes;
import dev.candor.workload.arrival.ReplayPlan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The number of the first session that each feed of a run makes: where a run goes on, so do the
 * prompts.
 */
final class FeedNumbers {
  private FeedNumbers() {}

  /**
   * Of the steps that replay a trace: the row that comes next.
   *
   * @param left what an earlier process has left, null for a new run
   */
  static Map<Integer, Long> ofReplays(
      List<LoadStep> steps, @Nullable ReplayPlan replays, @Nullable LeftRun left) {
    if (replays == null || left == null) {
      return replays == null ? Map.of() : replays.firstNumbers();
    }
    Map<Integer, Long> numbers = new TreeMap<>();
    int firstLeft = Timeline.firstLeft(left);
    replays
        .firstNumbers()
        .forEach(
            (index, first) -> {
              if (index >= firstLeft && steps.get(index) instanceof LoadStep.Replay step) {
                long over = arrivals(replays.times(step), Timeline.done(left, index));
                numbers.put(index, first + over);
              }
            });
    return numbers;
  }

  private static long arrivals(FireTimes times, long beforeNanos) {
    long count = 0;
    while (times.next() < beforeNanos) {
      count++;
    }
    return count;
  }

  /** Of all other steps, null where there is none. */
  static @Nullable Long ofOthers(
      List<LoadStep> steps, @Nullable ReplayPlan replays, @Nullable LeftRun left) {
    Map<Integer, Long> replayed = replays == null ? Map.of() : replays.firstNumbers();
    if (replayed.size() == steps.size()) {
      return null;
    }
    long first = replays == null ? 0 : replays.otherNumbers();
    if (left == null) {
      return first;
    }
    long highest = first - 1;
    for (Map.Entry<Integer, Long> each : left.logged().highestSessions().entrySet()) {
      if (!replayed.containsKey(each.getKey())) {
        highest = Math.max(highest, each.getValue());
      }
    }
    return highest + 1 + left.unrecorded();
  }
}
