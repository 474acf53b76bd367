package dev.candor.load.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the scheduler has treated a thread so far.
 *
 * @param waitedNanos in which it could have run and had no core: what another process, or another
 *     thread of ours, took from it
 * @param preemptions involuntary context switches
 */
record ThreadSchedule(long waitedNanos, long preemptions) {
  private static final Path SCHEDSTAT = Path.of("/proc/thread-self/schedstat");
  private static final Path STATUS = Path.of("/proc/thread-self/status");
  private static final String SWITCHES = "nonvoluntary_ctxt_switches:";

  /** The calling thread's; null where the platform does not tell. */
  static @Nullable ThreadSchedule ofThisThread() {
    try {
      return parse(Files.readString(SCHEDSTAT), Files.readString(STATUS));
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * @param schedstat nanoseconds on a core, nanoseconds waiting for one, number of time slices; all
   *     zero where the kernel does not count
   * @param status lines of name and value
   */
  static @Nullable ThreadSchedule parse(String schedstat, String status) {
    String[] fields = schedstat.strip().split("\\s+");
    if (fields.length != 3 || fields[0].equals("0")) {
      return null;
    }
    try {
      long switches = 0;
      for (String line : status.split("\n")) {
        if (line.startsWith(SWITCHES)) {
          switches = Long.parseLong(line.substring(SWITCHES.length()).strip());
        }
      }
      return new ThreadSchedule(Long.parseLong(fields[1]), switches);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** What has come together since {@code earlier}. */
  ThreadSchedule since(ThreadSchedule earlier) {
    return new ThreadSchedule(waitedNanos - earlier.waitedNanos, preemptions - earlier.preemptions);
  }
}
