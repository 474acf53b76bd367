package dev.candor.scenario.yaml;

import dev.candor.scenario.SimulatedNetwork;
import dev.candor.scenario.Simulation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes the {@code simulation} section. */
final class SimulationYaml {
  private SimulationYaml() {}

  static Map<String, Object> entries(Simulation simulation) {
    Map<String, Object> section = new LinkedHashMap<>();
    if (!simulation.network().equals(SimulatedNetwork.NONE)) {
      section.put("network", network(simulation.network()));
    }
    if (simulation.cluster() != null) {
      section.put("cluster", ClusterYaml.entries(simulation.cluster()));
    }
    section.put("records", simulation.records().name().toLowerCase(Locale.ROOT));
    return section;
  }

  private static Map<String, Object> network(SimulatedNetwork network) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("latency", QuantityText.nanos(network.latencyNanos()));
    return section;
  }
}
