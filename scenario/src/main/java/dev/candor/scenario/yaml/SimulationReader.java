package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.Simulation;
import dev.candor.scenario.Simulation.Records;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code simulation} section. */
final class SimulationReader {
  private static final List<String> RECORDS =
      Arrays.stream(Records.values()).map(each -> each.name().toLowerCase(Locale.ROOT)).toList();

  private final FileNames files;
  private final Problems problems;
  private final Set<String> classes;

  /**
   * @param classes names of the workload's request classes; none: not known yet
   */
  SimulationReader(FileNames files, Problems problems, Set<String> classes) {
    this.files = files;
    this.problems = problems;
    this.classes = classes;
  }

  Simulation read(@Nullable Value value) {
    if (value == null) {
      return Simulation.DEFAULT;
    }
    Section section = new Section(value, problems, Keys.SIMULATION);
    return new Simulation(
        new NetworkReader(problems).read(section.get("network")),
        new ClusterReader(files, problems, classes).read(section.get("cluster")),
        section.read("records", Records.AUTO, SimulationReader::records));
  }

  private static Records records(String text) {
    if (!RECORDS.contains(text)) {
      throw CandorException.user("found %s; %s".formatted(text, Suggestion.of(text, RECORDS)));
    }
    return Records.valueOf(text.toUpperCase(Locale.ROOT));
  }
}
