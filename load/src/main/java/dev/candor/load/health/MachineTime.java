package dev.candor.load.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * CPU time of the whole machine so far, in ticks.
 *
 * @param total on all cores, idle or not
 * @param steal of it, in which the hypervisor ran somebody else
 */
record MachineTime(long total, long steal) {
  private static final Path STAT = Path.of("/proc/stat");
  private static final int STEAL = 8;

  /** As of now; null where the platform does not tell. */
  static @Nullable MachineTime now() {
    try {
      return parse(Files.readString(STAT));
    } catch (IOException e) {
      return null;
    }
  }

  /** Reads the line {@code cpu user nice system idle iowait irq softirq steal guest guest_nice}. */
  static @Nullable MachineTime parse(String stat) {
    String[] fields = stat.lines().findFirst().orElse("").split("\\s+");
    if (!fields[0].equals("cpu") || fields.length <= STEAL) {
      return null;
    }
    try {
      long total = 0;
      // Guests' time is in their hosts' user time already.
      for (int i = 1; i <= STEAL; i++) {
        total += Long.parseLong(fields[i]);
      }
      return new MachineTime(total, Long.parseLong(fields[STEAL]));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The share stolen since {@code earlier}, 0 to 1; null where no time has passed. */
  @Nullable Double stolenSince(MachineTime earlier) {
    long passed = total - earlier.total;
    return passed <= 0
        ? null
        : Double.valueOf(Math.clamp((double) (steal - earlier.steal) / passed, 0, 1));
  }
}
