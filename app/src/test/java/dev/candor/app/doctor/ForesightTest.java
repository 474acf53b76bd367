package dev.candor.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.scenario.Scenario;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ForesightTest {
  private static final TrustedLimit LIMIT =
      new TrustedLimit(1000, 50_000, 5, 1, 2, "Test", "25", "2026-01-01T00:00:00Z");

  @TempDir Path directory;

  private static MachineFacts machine(long files, long ports, long heapMiB) {
    return new MachineFacts(
        2,
        "Test",
        Optional.empty(),
        OptionalLong.of(files),
        OptionalLong.of(ports),
        Optional.of("tsc"),
        Optional.empty(),
        List.of("ZGC"),
        heapMiB << 20);
  }

  private Scenario scenario(String yaml) throws IOException {
    Path file = directory.resolve("test.yaml");
    Files.writeString(file, yaml);
    return ScenarioFile.read(file, Overrides.NONE, variable -> null);
  }

  private Scenario users(int users) throws IOException {
    return scenario(
        "target: {url: 'http://127.0.0.1:9/v1'}\nload: [{users: %d, for: 5s}]".formatted(users));
  }

  private static List<Finding> foreseen(Scenario scenario, MachineFacts facts) {
    return Foresight.of(scenario, facts, Optional.empty(), 1);
  }

  @Test
  void of_enoughOfAll_nothing() throws IOException {
    assertThat(foreseen(users(1000), machine(100_000, 28_232, 1024))).isEmpty();
  }

  @Test
  void of_moreUsersThanPorts_cannotWork() throws IOException {
    List<Finding> findings = foreseen(users(30_000), machine(100_000, 28_232, 8192));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().severity()).isEqualTo(Finding.Severity.ERROR);
    assertThat(findings.getFirst().text())
        .contains("30,000 connections", "28,232 ports", "net.ipv4.ip_local_port_range");
  }

  @Test
  void of_ports_areCountedByWhereConnectionsGo() throws IOException {
    String load = "\nload: [{users: 30000, for: 5s}]";
    MachineFacts facts = machine(100_000, 28_232, 8192);
    // A name may stand for several addresses.
    assertThat(foreseen(scenario("target: {url: 'http://models.example/v1'}" + load), facts))
        .extracting(Finding::severity)
        .containsExactly(Finding.Severity.WARNING);
    // Two paths of one place, two places behind one proxy: the ports of one.
    String samePlace = "target: {urls: ['http://127.0.0.1:9/v1', 'http://127.0.0.1:9/v2']}";
    String proxied =
        """
        target:
          urls: ['http://127.0.0.1:9/v1', 'http://127.0.0.2:9/v1']
          connections: {proxy: 'http://127.0.0.1:3128'}""";
    for (String target : List.of(samePlace, proxied)) {
      assertThat(foreseen(scenario(target + load), facts))
          .extracting(Finding::severity)
          .containsExactly(Finding.Severity.ERROR);
    }
    String two = "target: {urls: ['http://127.0.0.1:9/v1', 'http://127.0.0.2:9/v1']}";
    assertThat(foreseen(scenario(two + load), facts)).isEmpty();
  }

  @Test
  void of_moreUsersThanDescriptors_cannotWork() throws IOException {
    List<Finding> findings = foreseen(users(2000), machine(1024, 28_232, 1024));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().severity()).isEqualTo(Finding.Severity.ERROR);
    assertThat(findings.getFirst().text()).contains("2,200 open files", "1,024", "ulimit -Hn");
  }

  @Test
  void of_embeddedMock_holdsTheOtherEndsToo() throws IOException {
    Scenario embedded = scenario("load: [{users: 600, for: 5s}]");

    assertThat(foreseen(embedded, machine(1024, 28_232, 1024))).hasSize(1);
    assertThat(foreseen(users(600), machine(1024, 28_232, 1024))).isEmpty();
  }

  @Test
  void of_openWithoutCap_mayNeedMoreAndSaysWhen() throws IOException {
    Scenario open =
        scenario("target: {url: 'http://127.0.0.1:9/v1'}\nload: [{rate: 100/s, for: 60s}]");

    List<Finding> findings = foreseen(open, machine(4096, 28_232, 1024));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().severity()).isEqualTo(Finding.Severity.WARNING);
    assertThat(findings.getFirst().text())
        .contains("6,200 open files should the server stall", "max_in_flight");
  }

  @Test
  void of_littleHeap_warned() throws IOException {
    List<Finding> findings = foreseen(users(10_000), machine(100_000, 28_232, 256));

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().severity()).isEqualTo(Finding.Severity.WARNING);
    assertThat(findings.getFirst().text()).contains("234 MiB", "256 MiB", "-Xmx");
  }

  @Test
  void of_pastTheKeptLimit_warned() throws IOException {
    MachineFacts facts = machine(100_000, 28_232, 1024);

    assertThat(Foresight.of(users(1000), facts, Optional.of(LIMIT), 1)).isEmpty();
    List<Finding> findings = Foresight.of(users(1001), facts, Optional.of(LIMIT), 1);
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().severity()).isEqualTo(Finding.Severity.WARNING);
    assertThat(findings.getFirst().text())
        .contains("1,001 streams", "up to 1,000 streams, 50,000 tokens/s");
    // Twice the loops carry twice as much.
    assertThat(Foresight.of(users(1001), facts, Optional.of(LIMIT), 2)).isEmpty();
  }

  @Test
  void of_mockOfKnownSpeed_tokensAreForeseen() throws IOException {
    Scenario fast =
        scenario("target: {mock: {ttft: 10ms, itl: 1ms}}\nload: [{users: 100, for: 5s}]");

    List<Finding> findings =
        Foresight.of(fast, machine(100_000, 28_232, 1024), Optional.of(LIMIT), 1);

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().text()).contains("100 streams, about 100,000 tokens/s");
  }

  @Test
  void limit_isReadBack_onItsMachineAlone() {
    LimitFile file = new LimitFile(directory.resolve("deep/doctor.json"));
    file.save(LIMIT);

    assertThat(file.read(machine(1, 1, 1))).contains(LIMIT);
    MachineFacts other =
        new MachineFacts(
            64,
            "Test",
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            1);
    assertThat(file.read(other)).isEmpty();
  }

  @Test
  void limit_damagedOrAbsent_isNone() throws IOException {
    Path place = directory.resolve("doctor.json");
    assertThat(new LimitFile(place).read(machine(1, 1, 1))).isEmpty();
    Files.writeString(place, "{\"streams\": ");
    assertThat(new LimitFile(place).read(machine(1, 1, 1))).isEmpty();
  }
}
