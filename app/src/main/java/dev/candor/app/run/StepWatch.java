package dev.candor.app.run;

import dev.candor.analysis.saturation.StepSeries;
import dev.candor.base.stats.WilsonInterval;
import dev.candor.scenario.Sweep;
import dev.candor.scenario.Threshold;
import dev.candor.scenario.Threshold.Comparison;
import org.jspecify.annotations.Nullable;

/** Decides when a step of a sweep is over. For one thread at a time. */
final class StepWatch {
  private static final long SECOND = 1_000_000_000;

  /** Fewer say nothing for sure. */
  private static final long ENOUGH = 30;

  /** What users ask first tells of their coming, not of their number. */
  private static final double ANSWERS_EACH = 2;

  private static final double MOST_FAILED = 0.1;
  private static final int FEWEST_LIMITED = 2;
  private static final double MOST_LIMITED = 0.1;

  private final long atLeastNanos;
  private final long atMostNanos;
  private final long requests;
  private final @Nullable Threshold goodput;
  private final long enough;
  private final int mostSilentSeconds;
  private final boolean endsEarly;
  private int silentSeconds;
  private int seconds;
  private int limitedSeconds;
  private double inFlight;

  private StepWatch(
      long atLeastNanos,
      long atMostNanos,
      long requests,
      @Nullable Threshold goodput,
      long enough,
      int mostSilentSeconds,
      boolean endsEarly) {
    this.atLeastNanos = atLeastNanos;
    this.atMostNanos = atMostNanos;
    this.requests = requests;
    this.goodput = goodput;
    this.enough = enough;
    this.mostSilentSeconds = mostSilentSeconds;
    this.endsEarly = endsEarly;
  }

  /**
   * Of a step of {@code sweep}.
   *
   * @param level of the step
   * @param silentSeconds after so many without a token, though requests are in flight, the target
   *     has come to a stop
   */
  static StepWatch of(Sweep sweep, double level, int silentSeconds) {
    Threshold least = null;
    for (Threshold condition : sweep.conditions()) {
      boolean bounded =
          condition.comparison() == Comparison.AT_LEAST
              || condition.comparison() == Comparison.GREATER;
      if (condition.metric().equals("goodput") && bounded) {
        least = condition;
      }
    }
    Sweep.Step step = sweep.step();
    long enough =
        sweep.dimension() == Sweep.Dimension.USERS
            ? Math.max(ENOUGH, Math.round(ANSWERS_EACH * level))
            : ENOUGH;
    return new StepWatch(
        step.atLeastNanos(),
        step.atMostNanos(),
        sweep.requestsNeeded(),
        least,
        enough,
        silentSeconds,
        true);
  }

  /** Of a hold, which lasts as long as it was asked to. */
  static StepWatch ofHold(long nanos, int silentSeconds) {
    return new StepWatch(nanos, nanos, Long.MAX_VALUE, null, ENOUGH, silentSeconds, false);
  }

  /**
   * How a step ended.
   *
   * @param disturbed the target failed in a way that load need not explain
   * @param steady the steady state that ended it, null where it ended for another reason
   */
  record End(String why, boolean disturbed, StepSeries.@Nullable Steady steady) {
    End(String why, boolean disturbed) {
      this(why, disturbed, null);
    }
  }

  /**
   * Takes a second of the run.
   *
   * @param limited whether it shows the client rather than the target
   */
  void second(double inFlightThen, long tokenEvents, boolean limited) {
    inFlight = inFlightThen;
    seconds++;
    limitedSeconds += limited ? 1 : 0;
    silentSeconds = inFlight > 0 && tokenEvents == 0 ? silentSeconds + 1 : 0;
  }

  /** An attempt has ended: a target of whole answers, or without tokens, is not silent. */
  void ended() {
    silentSeconds = 0;
  }

  /** The step's end, null where it is to go on. Instants since the start of the run. */
  @Nullable End look(StepSeries series, long startNanos, long nowNanos) {
    long elapsed = nowNanos - startNanos;
    if (failing(series)) {
      return new End(
          "%d of %d attempts failed%s"
              .formatted(series.failed(), series.ended(), series.mostFailures()),
          endsEarly);
    }
    if (silentSeconds >= mostSilentSeconds) {
      return new End("no token came for %d s".formatted(silentSeconds), endsEarly);
    }
    if (elapsed >= atMostNanos) {
      return new End("it lasted as long as it may: %d s".formatted(atMostNanos / SECOND), false);
    }
    if (elapsed < atLeastNanos || !endsEarly) {
      return null;
    }
    StepSeries.Steady steady = series.steady(startNanos, nowNanos);
    StepSeries.Share share = series.goodSince(steady.fromNanos());
    // What was bad at first and is not any more may be what came before the step.
    StepSeries.Share lately = series.goodSince(startNanos + elapsed / 2);
    if (share.ended() >= enough && plainlyBad(share) && plainlyBad(lately)) {
      return new End(
          "plainly below: %d of %d were good".formatted(share.good(), share.ended()), false);
    }
    return steady.settled() && steady.completed() >= requests
        ? new End("%d completed in steady state".formatted(steady.completed()), false, steady)
        : null;
  }

  /** Refusals end at once and answers take seconds: what is in flight has not failed so far. */
  private boolean failing(StepSeries series) {
    long known = series.ended() + Math.round(inFlight);
    return series.ended() >= ENOUGH / 3
        && WilsonInterval.of95(series.failed(), known).low() > MOST_FAILED;
  }

  /** Why a step that is not good says nothing of the target; null where it does. */
  @Nullable String clientsFault() {
    return limitedSeconds >= FEWEST_LIMITED && limitedSeconds > MOST_LIMITED * seconds
        ? "client-limited in %d of %d seconds".formatted(limitedSeconds, seconds)
        : null;
  }

  /** Whether goodput lies below what is asked for, beyond doubt. */
  private boolean plainlyBad(StepSeries.Share share) {
    return goodput != null
        && share.ended() > 0
        && WilsonInterval.of999(share.good(), share.ended()).high() < goodput.bound();
  }
}
