package dev.candor.analysis.detail;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.TokenSource;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Attempts as these tests need them. */
final class DetailAttempts {
  private static final long MS = 1_000_000;

  private DetailAttempts() {}

  /** Meant to start at {@code intendedMs}, sent 1 ms later; its tokens came at these instants. */
  static AttemptRecord attempt(
      long request, int phase, int turn, Outcome outcome, long intendedMs, long... tokensMs) {
    long[] instants = Arrays.stream(tokensMs).map(ms -> ms * MS).toArray();
    int[] tokens = new int[instants.length];
    Arrays.fill(tokens, 1);
    long sent = (intendedMs + 1) * MS;
    int none = AttemptRecord.NONE;
    boolean any = instants.length > 0;
    return new AttemptRecord(
        request,
        1,
        phase,
        "chat",
        request,
        turn,
        none,
        0,
        intendedMs * MS,
        sent,
        any ? instants[0] : none,
        any ? instants[0] : none,
        instants.length < 2 ? none : instants[1],
        any ? instants[0] : none,
        any ? instants[instants.length - 1] : none,
        (any ? instants[instants.length - 1] : sent) + 2 * MS,
        none,
        outcome,
        200,
        null,
        "stop",
        100,
        110,
        30,
        none,
        instants.length,
        none,
        TokenSource.USAGE,
        64,
        1000,
        0,
        0,
        HttpPhases.UNKNOWN,
        instants,
        tokens,
        new long[0],
        new long[0]);
  }

  /** A token every so many milliseconds, {@code count} of them. */
  static long[] every(long stepMs, long firstMs, int count) {
    return LongStream.range(0, count).map(i -> firstMs + i * stepMs).toArray();
  }
}
