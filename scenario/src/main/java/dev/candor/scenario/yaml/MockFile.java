package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.base.yaml.YamlFile;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.MockSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads the mock's settings where they stand outside of a scenario. */
public final class MockFile {
  private static final YamlFile.Purpose SETTINGS =
      new YamlFile.Purpose("the mock's settings", "ttft: 200ms");
  private static final YamlFile.Purpose FAULTS =
      new YamlFile.Purpose("the mock's faults", "faults: [{fault: stall, after: 10}]");

  private MockFile() {}

  /**
   * Reads {@code file}, whose root has the keys of a scenario's {@code target.mock}. Files that it
   * names are found relative to it.
   *
   * @throws CandorException with every mistake found, a line each, with file, line, column and key
   */
  public static MockSettings read(Path file) {
    Problems problems = new Problems();
    Value root = YamlFile.read(file, SETTINGS, problems);
    MockSettings settings = new MockReader(FileNames.beside(file, true), problems).read(root);
    problems.throwIfAny();
    return settings;
  }

  /**
   * Reads {@code {faults: [...]}}, as YAML or JSON. An empty list is right: no faults.
   *
   * @param name stands for the file in messages
   * @param replicas that there are to strike
   * @throws CandorException with every mistake found
   */
  public static List<FaultRule> faults(String name, String text, int replicas) {
    Problems problems = new Problems();
    Value root = YamlFile.parse(name, text, FAULTS, problems);
    Section section = new Section(root, problems, List.of("faults"));
    if (!section.has("faults")) {
      problems.add(root.where(), "needs faults, a list; an empty one ends all faults");
    }
    List<FaultRule> rules =
        new FaultRuleReader(problems, replicas).read(section.items("faults", "faults"));
    problems.throwIfAny();
    return rules;
  }

  /** The content of {@code {faults: [...]}} that {@link #faults} reads back to {@code rules}. */
  public static Map<String, Object> entries(List<FaultRule> rules) {
    return Map.of("faults", rules.stream().map(FaultYaml::entry).toList());
  }
}
