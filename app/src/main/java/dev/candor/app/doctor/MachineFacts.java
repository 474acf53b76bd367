package dev.candor.app.doctor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this machine and this JVM allow. Empty where the platform does not say.
 *
 * @param cores that the JVM may use
 * @param processor model name, or the architecture
 * @param cpuQuota cores' worth of CPU time that a control group allows, where it sets a limit
 * @param openFiles descriptors that the process may have
 * @param ephemeralPorts ports for outgoing connections to one address and port
 * @param clockSource the kernel's
 * @param governor of the processor's frequency
 * @param collectors names of the garbage collectors
 * @param maxHeapBytes largest heap
 */
public record MachineFacts(
    int cores,
    String processor,
    Optional<Double> cpuQuota,
    OptionalLong openFiles,
    OptionalLong ephemeralPorts,
    Optional<String> clockSource,
    Optional<String> governor,
    List<String> collectors,
    long maxHeapBytes) {

  private static final Pattern OPEN_FILES =
      Pattern.compile("(?m)^Max open files\\s+(\\S+)\\s+(\\S+)");
  private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");

  public MachineFacts {
    collectors = List.copyOf(collectors);
  }

  /** This machine's. */
  public static MachineFacts here() {
    return read(Path.of("/"));
  }

  /**
   * Reads what the kernel tells in its files.
   *
   * @param root directory that holds {@code proc} and {@code sys}
   */
  static MachineFacts read(Path root) {
    return new MachineFacts(
        Runtime.getRuntime().availableProcessors(),
        text(root, "proc/cpuinfo")
            .map(MODEL::matcher)
            .filter(Matcher::find)
            .map(matcher -> matcher.group(1).strip())
            .orElse(System.getProperty("os.arch")),
        text(root, "sys/fs/cgroup/cpu.max").flatMap(MachineFacts::quota),
        number(text(root, "proc/self/limits").map(MachineFacts::openFiles)),
        number(text(root, "proc/sys/net/ipv4/ip_local_port_range").map(MachineFacts::ports)),
        text(root, "sys/devices/system/clocksource/clocksource0/current_clocksource")
            .map(String::strip),
        text(root, "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor").map(String::strip),
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .toList(),
        Runtime.getRuntime().maxMemory());
  }

  private static OptionalLong number(Optional<Long> value) {
    return value.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static Optional<String> text(Path root, String file) {
    // In large reads: the kernel's settings end after the first, and Files.readString begins small.
    try (InputStream in = Files.newInputStream(root.resolve(file))) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      byte[] buffer = new byte[16 * 1024];
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        text.write(buffer, 0, read);
      }
      return Optional.of(text.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** {@code cpu.max} is a quota and a period in microseconds, or {@code max}. */
  private static Optional<Double> quota(String text) {
    String[] parts = text.strip().split("\\s+");
    if (parts.length < 2 || parts[0].equals("max")) {
      return Optional.empty();
    }
    return Optional.of(Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]));
  }

  /** The hard limit, to which the JVM raises its soft one. */
  private static Long openFiles(String text) {
    Matcher matcher = OPEN_FILES.matcher(text);
    if (!matcher.find() || matcher.group(2).equals("unlimited")) {
      return Long.MAX_VALUE;
    }
    return Long.parseLong(matcher.group(2));
  }

  private static Long ports(String text) {
    String[] parts = text.strip().split("\\s+", 2);
    return Long.parseLong(parts[1]) - Long.parseLong(parts[0]) + 1;
  }
}
