package dev.candor.analysis;

import dev.candor.analysis.server.ServerRecords;
import dev.candor.analysis.server.ServerSide;
import dev.candor.record.PhaseRecord;
import dev.candor.scenario.Target;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets the server's figures against the client's. */
final class ServerComparison {
  private static final String EMBEDDED_MOCK = "embedded mock";

  private ServerComparison() {}

  static @Nullable ServerSide of(
      ServerRecords records,
      Target target,
      List<PhaseRecord> measured,
      List<PhaseRecord> together,
      List<Summary.Phase> phases,
      Summary.Phase overall) {
    List<String> addresses = new ArrayList<>();
    target.metrics().of(target.urls()).stream().map(URI::toString).forEach(addresses::add);
    if (addresses.isEmpty()) {
      addresses.add(EMBEDDED_MOCK);
    }
    return records.side(
        addresses,
        measured,
        phases.stream().map(ServerComparison::client).toList(),
        together,
        client(overall));
  }

  private static ServerSide.ClientSide client(Summary.Phase phase) {
    Map<String, ServerSide.ClientLatency> latencies = new LinkedHashMap<>();
    phase
        .latency()
        .forEach(
            (key, latency) -> {
              Map<String, Double> figures = new LinkedHashMap<>();
              put(figures, "mean", latency.mean());
              put(figures, "p50", latency.p50());
              put(figures, "p90", latency.p90());
              put(figures, "p99", latency.p99());
              latencies.put(key, new ServerSide.ClientLatency(figures));
            });
    return new ServerSide.ClientSide(
        phase.name(), phase.rates().outputTps() * phase.durationS(), latencies);
  }

  private static void put(Map<String, Double> figures, String name, @Nullable Double value) {
    if (value != null) {
      figures.put(name, value);
    }
  }
}
