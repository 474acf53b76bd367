package dev.candor.analysis.compare;

import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Value;
import dev.candor.base.yaml.YamlFile;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.ResolvedYaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a scenario asks for, key by key; what only labels, places or judges a run is left out. */
public final class ScenarioKeys {
  private static final YamlFile.Purpose RESOLVED =
      new YamlFile.Purpose("a resolved scenario", "name: chat");

  /** Keys that say nothing of what was run. */
  private static final List<String> IGNORED = List.of("output", "seed", "tags", "thresholds");

  private ScenarioKeys() {}

  /** Every scalar of the scenario by its path. */
  public static Map<String, String> of(Scenario scenario) {
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
    Map<String, Value> map = value.map();
    List<Value> list = value.list();
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
