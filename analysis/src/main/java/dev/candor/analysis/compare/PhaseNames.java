package dev.candor.analysis.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Phases by name; the second of a name is {@code name (2)}, and so on. */
final class PhaseNames {
  private PhaseNames() {}

  private static List<String> of(ComparedRun run) {
    Map<String, Integer> seen = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (PhaseBlocks phase : run.phases()) {
      int many = seen.merge(phase.name(), 1, Integer::sum);
      names.add(many == 1 ? phase.name() : "%s (%d)".formatted(phase.name(), many));
    }
    return names;
  }

  /** Those that all of {@code runs} have. */
  static List<String> of(List<ComparedRun> runs) {
    List<String> names = new ArrayList<>(of(runs.getFirst()));
    runs.forEach(run -> names.retainAll(of(run)));
    return names;
  }

  /** The phase {@code name} of each run. */
  static List<PhaseBlocks> blocks(List<ComparedRun> runs, String name) {
    return runs.stream().map(run -> run.phases().get(of(run).indexOf(name))).toList();
  }
}
