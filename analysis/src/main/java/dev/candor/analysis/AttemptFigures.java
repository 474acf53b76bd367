package dev.candor.analysis;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.record.AttemptRecord;
import dev.candor.record.OneTokenEach;
import dev.candor.record.Outcome;
import dev.candor.scenario.Prices;
import dev.candor.scenario.Slo;
import org.jspecify.annotations.Nullable;

/** What one attempt yields: docs/metrics.md, "Per attempt". Nanoseconds. Pure functions. */
public final class AttemptFigures {
  private AttemptFigures() {}

  /** first − sent, null where no token event came. */
  public static @Nullable Long ttft(AttemptRecord a) {
    return a.first() == NONE ? null : Long.valueOf(a.first() - a.sent());
  }

  /**
   * From when on its user waits: the sending of a first attempt, as what was ahead of it is the
   * client's; of a later one the request's intent, as the attempts before it are the target's.
   */
  public static long waitedFrom(AttemptRecord a) {
    return a.attempt() == 1 ? a.sent() : a.requested();
  }

  /** The longest gap between two token events, 0 under 2 events. */
  public static long maxGap(AttemptRecord a) {
    long longest = 0;
    long[] instants = a.eventNanos();
    for (int i = 1; i < instants.length; i++) {
      longest = Math.max(longest, instants[i] - instants[i - 1]);
    }
    return longest;
  }

  /** (last − first) / (output tokens − 1), null under 2 tokens or where all came in one event. */
  public static @Nullable Double tpot(AttemptRecord a) {
    return a.outputTokens() < 2 || a.second() == NONE
        ? null
        : (double) (a.last() - a.first()) / (a.outputTokens() - 1);
  }

  /** (output tokens − 1) / (last − first) per second, null where that is no time. */
  public static @Nullable Double outputTpsUser(AttemptRecord a) {
    return a.outputTokens() < 2 || a.last() <= a.first()
        ? null
        : (a.outputTokens() - 1) * 1e9 / (a.last() - a.first());
  }

  /** Whether each token event carried one token. */
  public static boolean oneTokenAnEvent(AttemptRecord a) {
    return OneTokenEach.is(a.eventTokens());
  }

  /** Tokens that came in [from, to). */
  static long tokensWithin(AttemptRecord a, long from, long to) {
    long[] instants = a.eventNanos();
    int[] carried = a.eventTokens();
    if (instants[0] >= from && instants[instants.length - 1] < to) {
      return a.outputTokens();
    }
    int first = instants[0] >= from ? 0 : firstAt(instants, from);
    int last = instants[instants.length - 1] < to ? instants.length : firstAt(instants, to);
    long tokens = 0;
    for (int i = first; i < last; i++) {
      tokens += carried[i];
    }
    return tokens;
  }

  /**
   * Index of the first of {@code instants}, which do not go back, that is not before {@code nanos}.
   */
  static int firstAt(long[] instants, long nanos) {
    int low = 0;
    int high = instants.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (instants[middle] < nanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Mean of the ITL samples: the time after the first event over the tokens that came in it. */
  public static @Nullable Double meanItl(AttemptRecord a) {
    // The events' tokens add up to the answer's.
    int later = a.eventTokens().length == 0 ? 0 : a.outputTokens() - a.eventTokens()[0];
    return later <= 0 ? null : (double) (a.last() - a.first()) / later;
  }

  /** Whether it ended well and met every target of {@code slo}: it counts for goodput. */
  public static boolean good(AttemptRecord a, Slo slo) {
    if (a.outcome() != Outcome.COMPLETED) {
      return false;
    }
    for (SloTarget target : SloTarget.ALL) {
      if (!target.met(a, slo)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether an attempt that was cut off by the load generator itself had missed a target by then.
   * One that had not might still have met them all: it says nothing of the target.
   */
  public static boolean cutBeforeItMissed(AttemptRecord a, Slo slo) {
    if (a.outcome() != Outcome.UNFINISHED || waitedFrom(a) == NONE) {
      return false;
    }
    long waited = (a.first() == NONE ? a.end() : a.first()) - waitedFrom(a);
    boolean missed =
        exceeds(slo.ttftNanos(), waited)
            || exceeds(slo.e2eNanos(), a.end() - waitedFrom(a))
            || exceeds(slo.maxGapNanos(), maxGap(a))
            || !(slo.itlNanos() == null || atMost(meanItl(a), slo.itlNanos()))
            || !(slo.tpotNanos() == null || atMost(tpot(a), slo.tpotNanos()));
    return !missed;
  }

  private static boolean exceeds(@Nullable Long bound, long nanos) {
    return bound != null && nanos > bound;
  }

  /**
   * When it was clear that the request would not be good whose last attempt this is: as its first
   * token or its end was due, or at its end; null where it was good, goes on, or is not the
   * target's fault.
   */
  public static @Nullable Long missedAt(AttemptRecord a, Slo slo) {
    if (good(a, slo)
        || a.retried()
        || a.outcome() == Outcome.CANCELLED
        || a.outcome() == Outcome.ABANDONED) {
      return null;
    }
    if (waitedFrom(a) == NONE) {
      return a.outcome().failed() ? Long.valueOf(a.end()) : null;
    }
    long at = a.end();
    long from = waitedFrom(a);
    if (slo.ttftNanos() != null && (a.first() == NONE || a.first() - from > slo.ttftNanos())) {
      at = Math.min(at, from + slo.ttftNanos());
    }
    return slo.e2eNanos() == null ? at : Math.min(at, from + slo.e2eNanos());
  }

  private static boolean atMost(@Nullable Double value, long bound) {
    return value == null || value <= bound;
  }

  /** What it costs, in the prices' currency: billed whether its result was seen or not. */
  public static double cost(AttemptRecord a, Prices prices) {
    long in = inputTokens(a);
    long fromCache = Math.clamp(a.cachedTokens(), 0, in);
    return ((in - fromCache) * prices.inputPerMillion()
            + fromCache * prices.cachedInputPerMillion()
            + Math.max(0, a.outputTokens()) * prices.outputPerMillion())
        / 1e6;
  }

  /** Prompt tokens: the server's count, else ours where the request was sent, else 0. */
  static long inputTokens(AttemptRecord a) {
    if (a.inputTokens() != NONE) {
      return a.inputTokens();
    }
    return a.sent() == NONE || !mayHaveBeenBilled(a.outcome())
        ? 0
        : Math.max(0, a.inputTokensAsked());
  }

  /** Whether the server may have worked on the prompt. */
  private static boolean mayHaveBeenBilled(Outcome outcome) {
    return switch (outcome) {
      case RATE_LIMITED,
          UNAUTHORIZED,
          NOT_FOUND,
          REJECTED,
          NOT_RESOLVED,
          CONNECT_FAILED,
          TLS_FAILED,
          TIMEOUT_CONNECT ->
          false;
      case COMPLETED,
          SERVER_ERROR,
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
          WRONG_LENGTH,
          ABANDONED,
          CANCELLED,
          UNFINISHED ->
          true;
    };
  }
}
