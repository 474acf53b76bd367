package dev.candor.analysis;

import static dev.candor.record.AttemptRecord.NONE;

import dev.candor.analysis.cost.Billing;
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
    if (a.outcome() != Outcome.UNFINISHED || a.sent() == NONE) {
      return false;
    }
    long waited = (a.first() == NONE ? a.end() : a.first()) - a.sent();
    boolean missed =
        exceeds(slo.ttftNanos(), waited)
            || exceeds(slo.e2eNanos(), a.end() - a.sent())
            || exceeds(slo.maxGapNanos(), maxGap(a))
            || !(slo.itlNanos() == null || atMost(meanItl(a), slo.itlNanos()))
            || !(slo.tpotNanos() == null || atMost(tpot(a), slo.tpotNanos()));
    return !missed;
  }

  private static boolean exceeds(@Nullable Long bound, long nanos) {
    return bound != null && nanos > bound;
  }

  /**
   * When it was clear that the attempt would not be good: as its first token or its end was due, or
   * at its end; null where it was good, or is not the target's fault.
   */
  public static @Nullable Long missedAt(AttemptRecord a, Slo slo) {
    if (good(a, slo) || a.outcome() == Outcome.CANCELLED || a.outcome() == Outcome.ABANDONED) {
      return null;
    }
    if (a.sent() == NONE) {
      return a.outcome().failed() ? Long.valueOf(a.end()) : null;
    }
    long at = a.end();
    if (slo.ttftNanos() != null && (a.first() == NONE || a.first() - a.sent() > slo.ttftNanos())) {
      at = Math.min(at, a.sent() + slo.ttftNanos());
    }
    return slo.e2eNanos() == null ? at : Math.min(at, a.sent() + slo.e2eNanos());
  }

  private static boolean atMost(@Nullable Double value, long bound) {
    return value == null || value <= bound;
  }

  /** What it costs, in the prices' currency: billed whether its result was seen or not. */
  public static double cost(AttemptRecord a, Prices prices) {
    return Billing.cost(a, prices);
  }

  /** Prompt tokens: the server's count, else ours where the request was worked on, else 0. */
  static long inputTokens(AttemptRecord a) {
    return Billing.inputTokens(a);
  }
}
