package dev.candor.analysis.compare;

import dev.candor.analysis.compare.RunComparison.Difference;
import dev.candor.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What differs between the runs of two sides, beyond their figures. */
final class Differences {
  private Differences() {}

  /** Keys of the scenarios first, then facts of the runs. */
  static List<Difference> of(List<ComparedRun> base, List<ComparedRun> side) {
    List<Difference> differences =
        new ArrayList<>(ofScenarios(base.getFirst().scenario(), side.getFirst().scenario()));
    fact("target in use", base, side, run -> run.info().target(), differences);
    fact("version of Candor", base, side, run -> run.info().version(), differences);
    fact("machine", base, side, run -> run.info().machine(), differences);
    fact("loops", base, side, run -> Integer.toString(run.info().loops()), differences);
    fact("seed", base, side, run -> Long.toString(run.info().seed()), differences);
    return differences;
  }

  static List<Difference> ofScenarios(Scenario base, Scenario side) {
    Map<String, String> was = ScenarioKeys.of(base);
    Map<String, String> is = ScenarioKeys.of(side);
    Set<String> all = new LinkedHashSet<>(was.keySet());
    all.addAll(is.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String key : all) {
      if (!Objects.equals(was.get(key), is.get(key))) {
        differences.add(new Difference(key, was.get(key), is.get(key)));
      }
    }
    return differences;
  }

  private static void fact(
      String key,
      List<ComparedRun> base,
      List<ComparedRun> side,
      Function<ComparedRun, String> fact,
      List<Difference> differences) {
    String was = joined(base, fact);
    String is = joined(side, fact);
    if (!was.equals(is)) {
      differences.add(new Difference(key, was, is));
    }
  }

  private static String joined(List<ComparedRun> runs, Function<ComparedRun, String> fact) {
    return runs.stream().map(fact).distinct().sorted().collect(Collectors.joining(", "));
  }
}
