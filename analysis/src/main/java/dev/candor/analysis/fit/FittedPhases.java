package dev.candor.analysis.fit;

import dev.candor.record.PhaseRecord;
import java.util.ArrayList;
import java.util.List;

/** Which phases of the runs are fitted to. */
interface FittedPhases {

  /** Whether phase {@code phase} of run {@code run} is among them, both by index. */
  boolean has(int run, int phase);

  /**
   * All but warm-ups, in which client and server are not themselves yet; of warm-ups alone, all.
   */
  static FittedPhases measured(List<MeasuredRun> runs) {
    List<Boolean> warmupsAlone = new ArrayList<>();
    for (MeasuredRun run : runs) {
      warmupsAlone.add(run.info().phases().stream().allMatch(PhaseRecord::warmup));
    }
    return (run, phase) ->
        warmupsAlone.get(run) || !runs.get(run).info().phases().get(phase).warmup();
  }

  /** The same without one. */
  default FittedPhases without(int run, int phase) {
    return (r, p) -> (r != run || p != phase) && has(r, p);
  }
}
