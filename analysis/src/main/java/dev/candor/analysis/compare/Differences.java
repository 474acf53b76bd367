package dev.candor.analysis.compare;

import dev.candor.analysis.compare.RunComparison.Difference;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Value;
import dev.candor.base.yaml.YamlFile;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.ResolvedYaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What differs between the runs of two sides, beyond their figures. */
final class Differences {
  private static final YamlFile.Purpose RESOLVED =
      new YamlFile.Purpose("a resolved scenario", "name: chat");

  /** Keys that say nothing of what was run. */
  private static final List<String> IGNORED = List.of("output", "seed", "tags", "thresholds");

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
    Map<String, String> was = keys(base);
    Map<String, String> is = keys(side);
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

  /** Every scalar of the scenario by its path. */
  private static Map<String, String> keys(Scenario scenario) {
    Map<String, String> keys = new LinkedHashMap<>();
    Value root = YamlFile.parse("scenario", ResolvedYaml.write(scenario), RESOLVED, new Problems());
    Map<String, Value> sections = Objects.requireNonNull(root.map());
    sections.forEach(
        (key, value) -> {
          if (!IGNORED.contains(key)) {
            flatten(key, value, keys);
          }
        });
    return keys;
  }

  private static void flatten(String path, Value value, Map<String, String> keys) {
    @Nullable Map<String, Value> map = value.map();
    @Nullable List<Value> list = value.list();
    if (map != null) {
      map.forEach((key, each) -> flatten(path + "." + key, each, keys));
    } else if (list != null) {
      for (int i = 0; i < list.size(); i++) {
        flatten("%s[%d]".formatted(path, i), list.get(i), keys);
      }
    } else {
      keys.put(path, value.text());
    }
  }
}
