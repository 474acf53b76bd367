package dev.candor.app.doctor;

import dev.candor.base.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Goes through a machine's settings, as {@code candor doctor} prints them. */
public final class MachineCheck {
  private static final int CLOCK_READINGS = 200_000;
  private static final double SLOW_CLOCK_NANOS = 200;
  private static final long FEW_FILES = 65_536;
  private static final long FEW_PORTS = 20_000;
  private static final List<String> FAST_CLOCKS =
      List.of("tsc", "kvm-clock", "arch_sys_counter", "hyperv_clocksource_tsc_page");

  private MachineCheck() {}

  /** What is well and what is not; takes some milliseconds, for the clock. */
  public static List<Finding> of(MachineFacts facts, Clock clock) {
    List<Finding> findings = new ArrayList<>();
    findings.add(cores(facts));
    findings.add(clock(facts, nanosAReading(clock)));
    facts
        .openFiles()
        .ifPresent(
            files ->
                findings.add(
                    files >= FEW_FILES
                        ? Finding.ok("open files: " + count(files))
                        : Finding.warning(
                            "open files: %s, of which every connection takes one; raise the hard limit (ulimit -Hn, LimitNOFILE) for more"
                                .formatted(count(files)))));
    facts
        .ephemeralPorts()
        .ifPresent(
            ports ->
                findings.add(
                    ports >= FEW_PORTS
                        ? Finding.ok("ports for connections to one address: " + count(ports))
                        : Finding.warning(
                            "ports for connections to one address: %s; widen net.ipv4.ip_local_port_range for more"
                                .formatted(count(ports)))));
    facts
        .governor()
        .ifPresent(
            governor ->
                findings.add(
                    governor.equals("performance")
                        ? Finding.ok("CPU frequency governor: performance")
                        : Finding.warning(
                            "CPU frequency governor: %s; a core that sleeps wakes late: 'performance' is steadier"
                                .formatted(governor))));
    findings.add(memory(facts));
    return findings;
  }

  private static Finding cores(MachineFacts facts) {
    String cores = "%d cores (%s)".formatted(facts.cores(), facts.processor());
    if (facts.cpuQuota().isPresent() && facts.cpuQuota().get() < facts.cores()) {
      return Finding.warning(
          String.format(
              Locale.ROOT,
              "%s, but a control group allows %.1f cores' worth of time and then stops the process for the rest of the period; lift the CPU quota (cpu.max)",
              cores,
              facts.cpuQuota().get()));
    }
    return facts.cores() > 1
        ? Finding.ok(cores)
        : Finding.warning(
            cores + ": event loop, writer and JIT compiler share it; two or more are better");
  }

  private static Finding clock(MachineFacts facts, double nanos) {
    String source = facts.clockSource().map(name -> "clock: " + name).orElse("clock");
    String reading = String.format(Locale.ROOT, "%s, %.0f ns a reading", source, nanos);
    boolean known = facts.clockSource().map(FAST_CLOCKS::contains).orElse(true);
    return known && nanos < SLOW_CLOCK_NANOS
        ? Finding.ok(reading)
        : Finding.warning(
            reading
                + "; there is one a socket read: a machine whose kernel trusts its TSC is faster");
  }

  private static double nanosAReading(Clock clock) {
    long begun = clock.nanoTime();
    long last = begun;
    for (int i = 0; i < CLOCK_READINGS; i++) {
      last = clock.nanoTime();
    }
    return (double) (last - begun) / CLOCK_READINGS;
  }

  private static Finding memory(MachineFacts facts) {
    return Finding.ok(
        "heap up to %d MiB, collected by %s"
            .formatted(facts.maxHeapBytes() >> 20, String.join(", ", facts.collectors())));
  }

  private static String count(long value) {
    return value == Long.MAX_VALUE ? "no limit" : String.format(Locale.ROOT, "%,d", value);
  }
}
