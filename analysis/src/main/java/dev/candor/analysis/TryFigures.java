package dev.candor.analysis;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.record.AttemptRecord;
import dev.candor.record.GivenUp;
import dev.candor.record.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up a phase's attempts, as opposed to its requests. For one thread. */
final class TryFigures {
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final SortedMap<Integer, Long> byAttempts = new TreeMap<>();
  private final Map<GivenUp, Long> givenUp = new EnumMap<>(GivenUp.class);
  private long sent;
  private long again;
  private long recovered;
  private double totalNanos;
  private double triedNanos;

  void add(AttemptRecord a) {
    if (!wasSent(a)) {
      addTimes(a);
      return;
    }
    sent++;
    outcomes.merge(a.outcome(), 1L, Long::sum);
    GivenUp reason = GivenUp.of(a);
    if (reason != null) {
      givenUp.merge(reason, 1L, Long::sum);
    }
    addTimes(a);
  }

  private void addTimes(AttemptRecord a) {
    if (a.retried() || a.attempt() > 1) {
      triedNanos += Math.max(0, a.end() - a.intended());
    }
    if (a.retried()) {
      return;
    }
    byAttempts.merge(wasSent(a) ? a.attempt() : a.attempt() - 1, 1L, Long::sum);
    if (a.attempt() > 1) {
      again++;
      recovered += a.outcome() == Outcome.COMPLETED ? 1 : 0;
      totalNanos += Math.max(0, a.end() - a.requested());
    }
  }

  /** Whether it went out, or failed on its way: as opposed to one that was never begun. */
  static boolean wasSent(AttemptRecord a) {
    return a.sent() != NONE
        || switch (a.outcome()) {
          case UNFINISHED -> false;
          case CANCELLED, ABANDONED -> a.attempt() == 1;
          case COMPLETED,
              RATE_LIMITED,
              SERVER_ERROR,
              UNAUTHORIZED,
              NOT_FOUND,
              REJECTED,
              NOT_RESOLVED,
              CONNECT_FAILED,
              TLS_FAILED,
              TIMEOUT_CONNECT,
              TIMEOUT_HEADERS,
              TIMEOUT_FIRST_TOKEN,
              TIMEOUT_IDLE,
              TIMEOUT_TOTAL,
              DISCONNECTED,
              TRUNCATED,
              MALFORMED,
              NOT_HTTP,
              OVERSIZED,
              COMPRESSED,
              ERROR_FRAME,
              EMPTY_ANSWER,
              WRONG_LENGTH ->
              true;
        };
  }

  /** Attempts that went out. */
  long sent() {
    return sent;
  }

  Summary.Tries summarize() {
    SortedMap<String, Long> counts = new TreeMap<>();
    outcomes.forEach((outcome, count) -> counts.put(outcome.key(), count));
    SortedMap<String, Long> reasons = new TreeMap<>();
    givenUp.forEach((reason, count) -> reasons.put(reason.key(), count));
    byAttempts.remove(0);
    return new Summary.Tries(
        counts,
        again,
        recovered,
        totalNanos == 0 ? null : Double.valueOf(Math.max(0, 1 - triedNanos / totalNanos)),
        byAttempts,
        reasons);
  }
}
