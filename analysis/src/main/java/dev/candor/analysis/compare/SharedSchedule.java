package dev.candor.analysis.compare;

import java.util.List;
import java.util.Set;

/**
 * Whether two runs were asked the same at the same instants: then what chance made of their load is
 * the same in both, and is no doubt about their difference.
 */
final class SharedSchedule {
  /** What decides which requests arrive, and when. */
  private static final Set<String> SECTIONS = Set.of("load", "workload", "sweep");

  private SharedSchedule() {}

  /** Of a phase that both sides have. */
  static boolean of(List<ComparedRun> base, List<ComparedRun> side, String phase) {
    if (base.size() != 1 || side.size() != 1) {
      return false;
    }
    ComparedRun was = base.getFirst();
    ComparedRun is = side.getFirst();
    PhaseBlocks ours = PhaseNames.blocks(base, phase).getFirst();
    PhaseBlocks theirs = PhaseNames.blocks(side, phase).getFirst();
    return was.info().seed() == is.info().seed()
        && was.scenario().sweep() == null
        && ours.scheduled()
        && theirs.scheduled()
        && ours.blocks() == theirs.blocks()
        && Differences.ofScenarios(was.scenario(), is.scenario()).stream()
            .noneMatch(difference -> SECTIONS.contains(difference.key().split("[.\\[]", 2)[0]));
  }
}
