package dev.candor.analysis.foreign;

import dev.candor.record.AttemptRecord;
import dev.candor.record.HttpPhases;
import dev.candor.record.Outcome;
import dev.candor.record.TokenSource;
import java.util.Arrays;

/** Attempts made by hand. Instants in nanoseconds. */
final class Attempts {
  static final long MS = 1_000_000;
  private static final int NONE = AttemptRecord.NONE;

  private Attempts() {}

  /**
   * A streamed chat answer of phase 0 whose every part differs: 2 ms of waiting, 5 of connecting
   * and 3 of writing before it is sent at 10 ms; the role at 100 ms; reasoning at 110 ms (2 tokens)
   * and 130 ms (1 token); text at 160 ms (1), 170 ms (3) and 200 ms (1); the finish reason at 205
   * ms, the usage at 210 ms, [DONE] at 220 ms.
   */
  static AttemptRecord everyPartDiffers(Outcome outcome) {
    return of(
        outcome,
        0,
        10 * MS,
        220 * MS,
        5 * MS,
        new HttpPhases(2 * MS, 1 * MS, 4 * MS, NONE, 3 * MS, NONE),
        160 * MS,
        new long[] {110 * MS, 130 * MS, 160 * MS, 170 * MS, 200 * MS},
        new int[] {2, 1, 1, 3, 1},
        new long[] {100 * MS, 205 * MS},
        new long[] {210 * MS},
        8);
  }

  /** Sent at once on a kept connection; answer text alone. */
  static AttemptRecord plain(
      Outcome outcome, long sent, long end, long[] events, int[] tokens, long[] silent) {
    return of(
        outcome,
        sent,
        sent,
        end,
        NONE,
        HttpPhases.UNKNOWN,
        events.length == 0 ? NONE : events[0],
        events,
        tokens,
        silent,
        new long[0],
        Arrays.stream(tokens).sum());
  }

  /** Without text, though the server counts a token: the one that ends it. */
  static AttemptRecord empty(long end, long[] silent) {
    return of(
        Outcome.EMPTY_ANSWER,
        0,
        0,
        end,
        NONE,
        HttpPhases.UNKNOWN,
        NONE,
        new long[0],
        new int[0],
        silent,
        new long[0],
        1);
  }

  private static AttemptRecord of(
      Outcome outcome,
      long intended,
      long sent,
      long end,
      long connect,
      HttpPhases http,
      long firstAnswer,
      long[] events,
      int[] tokens,
      long[] silent,
      long[] signals,
      int outputTokens) {
    int n = events.length;
    return new AttemptRecord(
        0,
        1,
        0,
        "chat",
        0,
        0,
        AttemptRecord.NONE,
        0,
        intended,
        sent,
        sent + MS,
        n == 0 ? NONE : events[0],
        n < 2 ? NONE : events[1],
        firstAnswer,
        n == 0 ? NONE : events[n - 1],
        end,
        connect,
        outcome,
        200,
        null,
        "stop",
        40,
        42,
        NONE,
        AttemptRecord.NONE,
        outputTokens,
        NONE,
        TokenSource.USAGE,
        100,
        0,
        0,
        0,
        http,
        events,
        tokens,
        silent,
        signals);
  }
}
