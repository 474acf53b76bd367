package dev.candor.load.health;

import com.sun.management.OperatingSystemMXBean;
import dev.candor.base.time.Clock;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the process as a whole costs, and what the machine takes from it. Opened before a run,
 * closed after it. For one thread at a time.
 */
public final class ProcessHealth implements AutoCloseable {
  final PauseSource pauses;
  private final Clock clock;
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final ProcessMemory memory = new ProcessMemory();
  private long lastCpuNanos;
  private long lastNanos;
  private @Nullable MachineTime lastMachine;
  private boolean simulated;

  ProcessHealth(Clock clock, PauseSource pauses) {
    this.clock = clock;
    this.pauses = pauses;
    this.lastNanos = clock.nanoTime();
    this.lastCpuNanos = system.getProcessCpuTime();
    this.lastMachine = MachineTime.now();
  }

  /** Watches all that can be watched; takes up to half a second to get ready. */
  public static ProcessHealth open(Clock clock) {
    return new ProcessHealth(clock, PauseSource.open(clock));
  }

  /** Without the cost of Flight Recorder, for a run whose figures nobody sees. */
  public static ProcessHealth simple(Clock clock) {
    return new ProcessHealth(clock, new CollectorPauses(clock));
  }

  /**
   * Of a simulation, whose figures this process has no part in: all that it tells is unknown or 0.
   */
  public static ProcessHealth simulated(Clock clock) {
    ProcessHealth health = new ProcessHealth(clock, new NoPauses());
    health.simulated = true;
    return health;
  }

  /** Since the last sample. */
  Sample sample() {
    if (simulated) {
      return new Sample(0, null, ProcessMemory.Held.UNKNOWN);
    }
    long now = clock.nanoTime();
    long cpu = system.getProcessCpuTime();
    double share =
        (cpu - lastCpuNanos)
            / (double) Math.max(1, (now - lastNanos) * Runtime.getRuntime().availableProcessors());
    MachineTime machine = MachineTime.now();
    MachineTime before = lastMachine;
    Double stolen = machine == null || before == null ? null : machine.stolenSince(before);
    lastNanos = now;
    lastCpuNanos = cpu;
    lastMachine = machine;
    return new Sample(Math.clamp(share, 0, 1), stolen, memory.now());
  }

  @Override
  public void close() {
    pauses.close();
  }

  /**
   * @param cpuShare of the cores allowed, 0 to 1
   * @param stealShare of the machine, 0 to 1, null where unknown
   */
  record Sample(double cpuShare, @Nullable Double stealShare, ProcessMemory.Held memory) {}
}
