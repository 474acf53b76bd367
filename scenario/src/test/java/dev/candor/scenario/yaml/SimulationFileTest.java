package dev.candor.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.base.stats.Distribution;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.SimulatedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SimulationFileTest {
  @TempDir Path temp;

  private Scenario read(String network) throws IOException {
    Path file =
        Files.writeString(
            temp.resolve("s.yaml"),
            """
            workload: {mix: [{name: chat, input: 10, output: 10}]}
            load: [{users: 1, for: 1s}]
            simulation: {network: %s}
            """
                .formatted(network));
    return ScenarioFile.read(file, Overrides.NONE, variable -> null);
  }

  @Test
  void network_allKeys_areReadAndWrittenBack() throws IOException {
    Scenario scenario =
        read(
            "{latency: 20ms, jitter: exponential(1ms), bandwidth: 100Mbit/s, loss: 0.1%, proxy: {request: 2ms, event: 50us}, tls: true}");

    SimulatedNetwork network = scenario.simulation().network();
    assertThat(network.latencyNanos()).isEqualTo(new Distribution.Constant(20e6));
    assertThat(network.jitterNanos()).isEqualTo(new Distribution.Exponential(1e6));
    assertThat(network.bytesPerSecond()).isEqualTo(12.5e6);
    assertThat(network.loss()).isEqualTo(0.001);
    assertThat(network.proxy().requestNanos()).isEqualTo(new Distribution.Constant(2e6));
    assertThat(network.proxy().eventNanos()).isEqualTo(new Distribution.Constant(50e3));
    assertThat(network.tls()).isTrue();
    Path resolved = Files.writeString(temp.resolve("resolved.yaml"), ResolvedYaml.write(scenario));
    assertThat(ScenarioFile.read(resolved, Overrides.NONE, variable -> null).simulation().network())
        .isEqualTo(network);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{latency: soon}|simulation.network.latency",
        "{bandwidth: 100}|such as 100Mbit/s",
        "{bandwidth: 0Mbit/s}|above 0",
        "{loss: 60%}|at most 0.5",
        "{loss: 2}|share",
        "{tls: maybe}|true or false",
        "{proxy: {requests: 1ms}}|unknown key 'requests'",
        "{lag: 1ms}|unknown key 'lag'"
      })
  void network_nonsense_isAnsweredWithItsPlace(String network, String hint) {
    assertThatThrownBy(() -> read(network)).hasMessageContaining(hint);
  }
}
