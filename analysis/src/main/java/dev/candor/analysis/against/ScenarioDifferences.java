package dev.candor.analysis.against;

import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.ResolvedYaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where two scenarios ask for different things, by their resolved texts. */
final class ScenarioDifferences {
  private static final int MOST_LINES = 6;

  /** What of a scenario decides the traffic, and how it is judged. */
  private static final List<String> SECTIONS = List.of("workload", "load", "sweep", "slo", "drain");

  /** What of a target does; its address, connections and mock do not. */
  private static final List<String> TARGET =
      List.of("api", "model", "stream", "ignore_eos", "body", "retry");

  private ScenarioDifferences() {}

  static List<String> of(Scenario measured, Scenario predicted) {
    Map<String, List<String>> was = sections(ResolvedYaml.write(measured));
    Map<String, List<String>> said = sections(ResolvedYaml.write(predicted));
    List<String> differences = new ArrayList<>();
    compare("target", target(was), target(said), differences);
    for (String section : SECTIONS) {
      compare(
          section,
          was.getOrDefault(section, List.of()),
          said.getOrDefault(section, List.of()),
          differences);
    }
    return differences;
  }

  private static List<String> target(Map<String, List<String>> sections) {
    return sections.getOrDefault("target", List.of()).stream()
        .filter(line -> TARGET.stream().anyMatch(key -> line.startsWith("  " + key + ":")))
        .toList();
  }

  private static void compare(
      String section, List<String> measured, List<String> predicted, List<String> differences) {
    List<String> found = new ArrayList<>();
    measured.stream()
        .filter(line -> !predicted.contains(line))
        .forEach(line -> found.add("%s, measured: %s".formatted(section, line.strip())));
    predicted.stream()
        .filter(line -> !measured.contains(line))
        .forEach(line -> found.add("%s, simulated: %s".formatted(section, line.strip())));
    found.stream().limit(MOST_LINES).forEach(differences::add);
    if (found.size() > MOST_LINES) {
      differences.add("%s: and %d lines more".formatted(section, found.size() - MOST_LINES));
    }
  }

  /** Lines by the top-level key that they stand under; a key's own line is among them. */
  private static Map<String, List<String>> sections(String yaml) {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    String key = "";
    for (String line : yaml.split("\n", -1)) {
      if (!line.isEmpty() && Character.isLetter(line.charAt(0)) && line.contains(":")) {
        key = line.substring(0, line.indexOf(':'));
      }
      sections.computeIfAbsent(key, _ -> new ArrayList<>()).add(line);
    }
    return sections;
  }
}
