package dev.candor.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.candor.base.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineFactsTest {
  @TempDir Path root;

  private void file(String name, String text) throws IOException {
    Path path = root.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void read_kernelsFiles_areUnderstood() throws IOException {
    file("proc/cpuinfo", "processor\t: 0\nmodel name\t: Some CPU @ 2 GHz\n");
    file("sys/fs/cgroup/cpu.max", "150000 100000\n");
    file(
        "proc/self/limits",
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max open files            1024                 524288               files
        """);
    file("proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n");
    file("sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet\n");
    file("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n");

    MachineFacts facts = MachineFacts.read(root);

    assertThat(facts.processor()).isEqualTo("Some CPU @ 2 GHz");
    assertThat(facts.cpuQuota()).contains(1.5);
    assertThat(facts.openFiles()).hasValue(524_288);
    assertThat(facts.ephemeralPorts()).hasValue(28_232);
    assertThat(facts.clockSource()).contains("hpet");
    assertThat(facts.governor()).contains("powersave");
    List<String> warnings =
        MachineCheck.of(facts, new VirtualTime()).stream()
            .filter(finding -> finding.severity() == Finding.Severity.WARNING)
            .map(Finding::text)
            .toList();
    assertThat(warnings).anyMatch(text -> text.contains("hpet"));
    assertThat(warnings).anyMatch(text -> text.contains("powersave"));
    assertThat(warnings)
        .filteredOn(text -> text.contains("1.5 cores"))
        .hasSize(facts.cores() > 1 ? 1 : 0);
  }

  @Test
  void read_nothingThere_isUnknownRatherThanZero() {
    MachineFacts facts = MachineFacts.read(root);

    assertThat(facts.openFiles()).isEmpty();
    assertThat(facts.ephemeralPorts()).isEmpty();
    assertThat(facts.cpuQuota()).isEmpty();
    assertThat(facts.clockSource()).isEmpty();
  }

  @Test
  void here_onLinux_knowsItsLimits() {
    assumeTrue(Files.exists(Path.of("/proc/sys/net/ipv4/ip_local_port_range")));

    assertThat(MachineFacts.here().ephemeralPorts().orElseThrow()).isBetween(1L, 65_535L);
    assertThat(MachineFacts.here().openFiles().orElseThrow()).isPositive();
  }

  @Test
  void read_unlimited_isNoLimit() throws IOException {
    file("sys/fs/cgroup/cpu.max", "max 100000\n");
    file("proc/self/limits", "Max open files            1024      unlimited     files\n");

    assertThat(MachineFacts.read(root).cpuQuota()).isEmpty();
    assertThat(MachineFacts.read(root).openFiles()).hasValue(Long.MAX_VALUE);
  }
}
