package dev.candor.analysis.fit;

import java.util.ArrayList;
import java.util.List;

/**
 * The steps of one replica in one run.
 *
 * @param index of the run
 * @param attempts those that the replica had
 */
record ReplicaSteps(int index, MeasuredRun run, List<MeasuredAttempt> attempts, StepGrid grid) {

  /**
   * Of all runs.
   *
   * @param replicas behind the address, to which requests went in turn, in the order of sending
   */
  static List<ReplicaSteps> of(List<MeasuredRun> runs, int replicas) {
    List<ReplicaSteps> all = new ArrayList<>();
    for (int r = 0; r < runs.size(); r++) {
      MeasuredRun run = runs.get(r);
      for (int replica = 0; replica < replicas; replica++) {
        List<MeasuredAttempt> own = new ArrayList<>();
        for (int a = replica; a < run.attempts().size(); a += replicas) {
          own.add(run.attempts().get(a));
        }
        all.add(new ReplicaSteps(r, run, own, StepGrid.of(own)));
      }
    }
    return all;
  }
}
