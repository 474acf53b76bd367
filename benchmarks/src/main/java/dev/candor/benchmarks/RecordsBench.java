package dev.candor.benchmarks;

import dev.candor.base.time.Clock;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunInfo;
import dev.candor.record.RunReader;
import dev.candor.record.RunWriter;
import dev.candor.record.TokenSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** How long a run's records take to be logged, written as Parquet and read back. */
final class RecordsBench {
  private static final Clock CLOCK = Clock.system();
  private static long lastCpu;

  private RecordsBench() {}

  /**
   * @param arguments tokens of the run (10,000,000) and of an answer (200)
   */
  public static void main(String[] arguments) throws IOException {
    long tokens = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
    int each = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    Path path = Files.createTempDirectory("candor-records").resolve("run");
    RunDirectory directory = RunDirectory.create(path);
    long start = CLOCK.nanoTime();
    try (RunWriter writer = RunWriter.open(directory)) {
      for (long i = 0; i < tokens / each; i++) {
        writer.append(attempt(i, each));
      }
      start = lap("logged", start, tokens);
      writer.finish(
          new RunInfo(
              "bench",
              "bench",
              1,
              "none",
              "none",
              Instant.EPOCH,
              0,
              false,
              null,
              1,
              "",
              List.of(),
              List.of()));
    }
    start = lap("written", start, tokens);
    System.out.printf(
        "attempts.parquet: %.2f bytes a token%n",
        (double) Files.size(directory.attemptsParquet()) / tokens);
    long[] read = new long[1];
    try (RunReader reader = RunReader.open(path)) {
      reader.forEachAttempt(attempt -> read[0] += attempt.eventNanos().length);
    }
    lap("read back", start, tokens);
    if (read[0] != tokens / each * each) {
      throw new IllegalStateException("wrote %d tokens, read %d".formatted(tokens, read[0]));
    }
    try (var files = Files.walk(path.resolveSibling("."))) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file.normalize());
      }
    }
  }

  private static long lap(String what, long start, long tokens) {
    long now = CLOCK.nanoTime();
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    System.out.printf(
        "%-10s %7.2f s; %5.1f ns of CPU time a token%n",
        what, (now - start) / 1e9, (double) (cpu - lastCpu) / tokens);
    lastCpu = cpu;
    return now;
  }

  /** Attempts end out of the order of their intent, as they do. */
  private static AttemptRecord attempt(long number, int tokens) {
    long[] nanos = new long[tokens];
    int[] carried = new int[tokens];
    Arrays.fill(carried, 1);
    long intended = (number ^ 15) * 4_000_000;
    long at = intended + 200_000_000;
    long mixed = number;
    for (int i = 0; i < tokens; i++) {
      mixed = mixed * 6364136223846793005L + 1442695040888963407L;
      nanos[i] = at;
      at += 20_000_000 + (mixed >>> 44);
    }
    return new AttemptRecord(
        number,
        1,
        0,
        "short",
        7,
        0,
        AttemptRecord.NONE,
        0,
        intended,
        intended,
        intended + 1000,
        nanos[0],
        nanos[1],
        nanos[0],
        nanos[tokens - 1],
        at,
        -1,
        Outcome.COMPLETED,
        200,
        null,
        "length",
        100,
        110,
        0,
        AttemptRecord.NONE,
        tokens,
        -1,
        TokenSource.USAGE,
        tokens,
        tokens * 200L,
        0,
        0,
        HttpPhases.UNKNOWN,
        nanos,
        carried,
        new long[] {nanos[0]},
        new long[] {at});
  }
}
