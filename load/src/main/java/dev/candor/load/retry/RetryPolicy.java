package dev.candor.load.retry;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Scheduler;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.ServerHints;
import dev.candor.record.GivenUp;
import dev.candor.record.Outcome;
import dev.candor.scenario.Retries;
import dev.candor.scenario.Retries.Advice;
import dev.candor.scenario.Retries.Failure;
import dev.candor.scenario.Retries.Reach;
import dev.candor.scenario.Retries.Use;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides, as an attempt ends, whether and when its request is tried again. <b>For its loop's
 * thread only.</b> Chance is drawn by the request and the try, so that neither order nor the number
 * of loops changes a pause.
 */
public final class RetryPolicy {
  private final Retries settings;
  private final Seed seed;
  private final Scheduler scheduler;
  private final @Nullable RetryBudget budget;
  private final @Nullable RetryBreaker breaker;

  /**
   * @param seed of all loops
   * @param loops which share the budget's fixed part; each has a breaker of its own
   */
  public RetryPolicy(Retries settings, Seed seed, Scheduler scheduler, int loops) {
    this.settings = settings;
    this.seed = seed;
    this.scheduler = scheduler;
    Retries.Budget wanted = settings.budget();
    this.budget = wanted == null ? null : new RetryBudget(wanted, loops);
    Retries.Breaker kept = settings.breaker();
    this.breaker = kept == null ? null : new RetryBreaker(kept, scheduler);
  }

  /** A request's first attempt goes out. */
  public void begun() {
    if (budget != null) {
      budget.begun(scheduler.nanoTime());
    }
  }

  /** A retry that was decided on will not be made. */
  public void withdrawn() {
    if (breaker != null) {
      breaker.withdrawn();
    }
  }

  /**
   * What follows.
   *
   * @param trace of an attempt that has ended
   * @param before the pause ahead of it, 0 where it is the first
   */
  public Decision ended(AttemptTrace trace, long before) {
    Outcome outcome = Objects.requireNonNull(trace.outcome);
    tellBreaker(trace.attempt, outcome);
    if (!outcome.failed()) {
      return Decision.Over.OVER;
    }
    ServerHints hints = trace.hints == null ? ServerHints.NONE : trace.hints;
    Boolean should = settings.advice().shouldRetry() ? hints.shouldRetry() : null;
    if (should == null ? !isRetried(trace, outcome) : !should) {
      return new Decision.Stop(should == null ? GivenUp.NOT_RETRIED : GivenUp.SERVER);
    }
    if (trace.attempt >= settings.maxAttempts()) {
      return new Decision.Stop(GivenUp.ATTEMPTS);
    }
    Long asked = asked(outcome, hints);
    Advice advice = settings.advice();
    if (asked != null && asked > advice.longestNanos()) {
      switch (advice.beyond()) {
        case BACKOFF -> asked = null;
        case CAP -> asked = advice.longestNanos();
        case GIVE_UP -> {
          return new Decision.Stop(GivenUp.SERVER);
        }
      }
    }
    return spent(pause(trace, before, asked));
  }

  private void tellBreaker(int attempt, Outcome outcome) {
    if (breaker == null) {
      return;
    }
    if (outcome.success() || outcome.failed()) {
      breaker.ended(outcome.success());
    } else if (attempt > 1) {
      breaker.withdrawn();
    }
  }

  /** Within the budget and past the breaker. */
  private Decision spent(long pause) {
    long now = scheduler.nanoTime();
    if (budget != null && !budget.allows(now)) {
      return new Decision.Stop(GivenUp.BUDGET);
    }
    if (breaker != null && !breaker.allows()) {
      return new Decision.Stop(GivenUp.BREAKER);
    }
    if (budget != null) {
      budget.retried(now);
    }
    return new Decision.Again(pause);
  }

  private long pause(AttemptTrace trace, long before, @Nullable Long asked) {
    if (asked != null && settings.advice().retryAfter() == Use.EXACT) {
      return asked;
    }
    long own =
        Pauses.of(
            settings.backoff(),
            trace.attempt,
            before,
            seed.derive(trace.request).derive(trace.attempt).stream());
    return asked == null ? own : asked + own;
  }

  /** The pause that the server asks for, null where it asks for none or is not heard. */
  private @Nullable Long asked(Outcome outcome, ServerHints hints) {
    Advice advice = settings.advice();
    Long pause = advice.retryAfter() == Use.IGNORE ? null : hints.pauseNanos();
    if (pause == null && advice.resets() && outcome == Outcome.RATE_LIMITED) {
      pause = hints.resetNanos();
    }
    return pause == null || pause <= 0 ? null : pause;
  }

  private boolean isRetried(AttemptTrace trace, Outcome outcome) {
    return switch (outcome) {
      case RATE_LIMITED, SERVER_ERROR, UNAUTHORIZED, NOT_FOUND, REJECTED ->
          settings.on().has(trace.httpStatus);
      case NOT_RESOLVED, CONNECT_FAILED, TLS_FAILED, TIMEOUT_CONNECT -> has(Failure.CONNECT, trace);
      case TIMEOUT_HEADERS, TIMEOUT_FIRST_TOKEN, TIMEOUT_IDLE, TIMEOUT_TOTAL ->
          has(Failure.TIMEOUT, trace);
      case DISCONNECTED, TRUNCATED, ERROR_FRAME -> has(Failure.BROKEN, trace);
      case MALFORMED,
          NOT_HTTP,
          OVERSIZED,
          COMPRESSED,
          EMPTY_ANSWER,
          WRONG_LENGTH,
          COMPLETED,
          ABANDONED,
          CANCELLED,
          UNFINISHED ->
          false;
    };
  }

  private boolean has(Failure failure, AttemptTrace trace) {
    Reach come =
        trace.hasToken()
            ? Reach.END
            : trace.headers == AttemptTrace.NO_INSTANT ? Reach.HEADERS : Reach.FIRST_TOKEN;
    return settings.on().failures().contains(failure) && come.compareTo(settings.reach()) <= 0;
  }
}
