package dev.candor.load.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the scheduler has treated a thread so far.
 *
 * @param waitedNanos in which it could have run and had no core
 * @param runs how often it was put on one
 * @param preemptions involuntary context switches
 */
record ThreadSchedule(long waitedNanos, long runs, long preemptions) {
  /**
   * Being woken takes the scheduler 5 to 10 microseconds on an idle machine, which a loop that is
   * woken by every token's packet adds up to a tenth of its time. That is not what this is about.
   */
  private static final long WAKING_NANOS = 20_000;

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
      return new ThreadSchedule(Long.parseLong(fields[1]), Long.parseLong(fields[2]), switches);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** What has come together since {@code earlier}. */
  ThreadSchedule since(ThreadSchedule earlier) {
    return new ThreadSchedule(
        waitedNanos - earlier.waitedNanos, runs - earlier.runs, preemptions - earlier.preemptions);
  }

  /** What other threads, of whatever process, took from it: waits without those of mere waking. */
  long deniedNanos() {
    return Math.max(0, waitedNanos - runs * WAKING_NANOS);
  }
}
