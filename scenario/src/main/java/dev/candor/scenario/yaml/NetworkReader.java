package dev.candor.scenario.yaml;

import dev.candor.base.stats.Distribution;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.SimulatedNetwork;
import org.jspecify.annotations.Nullable;

/** Reads the {@code simulation.network} section. */
final class NetworkReader {
  private final Problems problems;

  NetworkReader(Problems problems) {
    this.problems = problems;
  }

  SimulatedNetwork read(@Nullable Value value) {
    if (value == null) {
      return SimulatedNetwork.NONE;
    }
    Section section = new Section(value, problems, Keys.NETWORK);
    return new SimulatedNetwork(section.nanos("latency", new Distribution.Constant(0)));
  }
}
