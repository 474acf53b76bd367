package dev.candor.scenario.yaml;

import dev.candor.scenario.SimulatedNetwork;
import dev.candor.scenario.Simulation;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

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
    section.put("jitter", QuantityText.nanos(network.jitterNanos()));
    if (Double.isFinite(network.bytesPerSecond())) {
      // To the bit, so that it reads back as it was.
      section.put(
          "bandwidth",
          new BigDecimal(network.bytesPerSecond() * 8 / 1e3).stripTrailingZeros().toPlainString()
              + "kbit/s");
    }
    section.put("loss", network.loss());
    section.put(
        "proxy",
        new TreeMap<>(
            Map.of(
                "request", QuantityText.nanos(network.proxy().requestNanos()),
                "event", QuantityText.nanos(network.proxy().eventNanos()))));
    section.put("tls", network.tls());
    return section;
  }
}
