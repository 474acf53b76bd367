package dev.candor.load.driver;

import dev.candor.base.time.Scheduler;
import dev.candor.base.time.Timer;
import dev.candor.load.driver.LoopAttempts.Start;
import dev.candor.load.retry.Decision;
import dev.candor.load.retry.RetryPolicy;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A loop's requests that wait for their next attempt. <b>For its loop's thread only.</b> */
final class LoopRetries {
  private final Scheduler scheduler;
  private final RetryPolicy policy;
  private final Consumer<Retry> onDue;
  private final Consumer<Retry> onLeave;
  private final Set<Retry> waiting = new LinkedHashSet<>();

  /**
   * @param onDue sends an attempt
   * @param onLeave hears that the user has lost patience before it was due
   */
  LoopRetries(
      Scheduler scheduler, RetryPolicy policy, Consumer<Retry> onDue, Consumer<Retry> onLeave) {
    this.scheduler = scheduler;
    this.policy = policy;
    this.onDue = onDue;
    this.onLeave = onLeave;
  }

  /** A request's next attempt, and the pause ahead of it. */
  static final class Retry {
    final Start start;
    final PreparedRequest request;
    final long number;
    final int attempt;
    final long requested;
    final long pauseNanos;

    /** When it is meant to be sent. */
    final long due;

    /** When its user leaves without a first token. */
    final long leavesAt;

    private @Nullable Timer timer;

    Retry(
        Start start,
        PreparedRequest request,
        AttemptTrace before,
        long pauseNanos,
        long due,
        long leavesAt) {
      this.start = start;
      this.request = request;
      this.number = before.request;
      this.attempt = before.attempt + 1;
      this.requested =
          before.requested == AttemptTrace.NO_INSTANT ? before.intended : before.requested;
      this.pauseNanos = pauseNanos;
      this.due = due;
      this.leavesAt = leavesAt;
    }

    /** What is written of it, whether it is sent or not. */
    void describe(AttemptTrace trace) {
      trace.attempt = attempt;
      trace.requested = requested;
    }
  }

  /** A request's first attempt goes out. */
  void begun() {
    policy.begun();
  }

  /**
   * Decides about an attempt that has ended, and says so in its trace.
   *
   * @param before the pause ahead of it, 0 where it is the first
   * @return the attempt that follows, to be handed to {@link #await}; null: it was the last
   */
  @Nullable Retry next(
      Start start, PreparedRequest request, AttemptTrace trace, long before, long leavesAt) {
    return switch (policy.ended(trace, before)) {
      case Decision.Over _ -> null;
      case Decision.Stop stop -> {
        trace.error = stop.why().noted(trace.error);
        yield null;
      }
      case Decision.Again(long pause) -> {
        trace.retried = true;
        yield new Retry(
            start,
            request,
            trace,
            pause,
            scheduler.nanoTime() + pause,
            trace.hasToken() ? Long.MAX_VALUE : leavesAt);
      }
    };
  }

  /** Has it sent when it is due; through the scheduler even at once, so as not to recurse. */
  void await(Retry retry) {
    waiting.add(retry);
    boolean leaves = retry.leavesAt <= retry.due;
    retry.timer =
        scheduler.at(
            leaves ? retry.leavesAt : retry.due,
            () -> {
              waiting.remove(retry);
              if (leaves) {
                policy.withdrawn();
                onLeave.accept(retry);
              } else {
                onDue.accept(retry);
              }
            });
  }

  /** Takes those of {@code phase} back, of all where it is negative. */
  List<Retry> cut(int phase) {
    List<Retry> cut = new ArrayList<>();
    waiting.removeIf(each -> (phase < 0 || each.start.phase() == phase) && cut.add(each));
    for (Retry each : cut) {
      if (each.timer != null) {
        each.timer.cancel();
      }
      policy.withdrawn();
    }
    return cut;
  }

  boolean idle() {
    return waiting.isEmpty();
  }

  /** The earliest instant that one of them can be recorded as intended at. */
  long pendingSince() {
    long earliest = Long.MAX_VALUE;
    for (Retry each : waiting) {
      earliest = Math.min(earliest, each.due);
    }
    // One that is cut was intended no later than that.
    return waiting.isEmpty() ? earliest : Math.min(earliest, scheduler.nanoTime());
  }
}
