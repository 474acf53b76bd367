package dev.candor.app.run;

import dev.candor.analysis.AttemptFigures;
import dev.candor.analysis.ClientHealth;
import dev.candor.analysis.LimitReason;
import dev.candor.base.units.Durations;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.record.Outcome;
import dev.candor.report.console.Figures;
import dev.candor.scenario.Abort;
import dev.candor.scenario.Prices;
import dev.candor.scenario.Scenario;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the scenario's {@code abort} ends the run: fed with what has ended, second by
 * second. The first rule that is met is told, once. <b>Added to by the writer's thread, {@link
 * #sentence} is for any.</b>
 */
final class AbortWatch {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** A share of fewer is chance. */
  private static final int ENOUGH = 20;

  private final Scenario scenario;
  private final Abort abort;
  private final Supplier<ClientHealth> judge;
  private final RecentCounts attempts;
  private final RecentCounts requests;
  private final TreeMap<LimitReason, Integer> reasons = new TreeMap<>();
  private double cost;
  private int limitedSeconds;
  private int lastSecond = -1;
  private volatile @Nullable String sentence;

  /**
   * @param judge of the client, by what the run has shown of the server so far
   */
  AbortWatch(Scenario scenario, Supplier<ClientHealth> judge) {
    this.scenario = scenario;
    this.abort = scenario.abort();
    this.judge = judge;
    int seconds = (int) Math.ceilDiv(abort.overNanos(), SECOND);
    attempts = new RecentCounts(seconds);
    requests = new RecentCounts(seconds);
  }

  /**
   * Counts an attempt of before the run was resumed: money that is spent. What it says of the
   * target is too old to stop a run by.
   */
  void addEarlier(AttemptRecord attempt) {
    addCost(attempt);
  }

  /** Counts an attempt that has ended; true once, when the run should be stopped. */
  boolean add(AttemptRecord attempt) {
    if (sentence != null) {
      return false;
    }
    addCost(attempt);
    count(attempt);
    String met = metBy(attempt.end());
    sentence = met;
    return met != null;
  }

  private void addCost(AttemptRecord attempt) {
    Prices prices = scenario.prices();
    if (prices != null) {
      cost += AttemptFigures.cost(attempt, prices);
    }
  }

  private void count(AttemptRecord attempt) {
    int second = (int) (attempt.end() / SECOND);
    boolean unfinished = attempt.outcome() == Outcome.UNFINISHED;
    // What the client never sent, or cut as the run was stopped, tells nothing of the target.
    if (attempt.outcome() == Outcome.CANCELLED
        || (unfinished && attempt.sent() == AttemptRecord.NONE)) {
      return;
    }
    if (!unfinished) {
      attempts.add(second, attempt.outcome().failed());
    }
    if (!warmup(attempt) && !attempt.retried()) {
      requests.add(second, AttemptFigures.good(attempt, scenario.sloOf(attempt.requestClass())));
    }
  }

  /** Cold caches miss their SLOs, and that is what a warm-up is for. */
  private boolean warmup(AttemptRecord attempt) {
    return attempt.phase() < scenario.steps().size()
        && scenario.steps().get(attempt.phase()).warmup();
  }

  private @Nullable String metBy(long nanos) {
    Double failed = abort.failedShare();
    if (failed != null && attempts.of() >= ENOUGH && attempts.share() > failed) {
      return "%s of %d attempts in the last %s failed, abort.failed is %s"
          .formatted(
              percent(attempts.share(), failed), attempts.of(), over(nanos), percent(failed));
    }
    Double goodput = abort.goodputBelow();
    if (goodput != null && requests.of() >= ENOUGH && requests.share() < goodput) {
      return "%s of %d requests in the last %s met their SLOs, abort.goodput is %s"
          .formatted(
              percent(requests.share(), goodput), requests.of(), over(nanos), percent(goodput));
    }
    Prices prices = scenario.prices();
    if (abort.cost() != null && prices != null && cost > abort.cost()) {
      return "all attempts so far cost %s %s, abort.cost is %s"
          .formatted(Figures.money(cost), prices.currency(), Figures.money(abort.cost()));
    }
    return null;
  }

  /** Counts a second of the client's own health; true once, when the run should be stopped. */
  boolean add(HealthWindow window) {
    Long longest = abort.clientLimitedNanos();
    if (sentence != null || longest == null) {
      return false;
    }
    Set<LimitReason> limits = judge.get().limits(window);
    if (limits.isEmpty() || window.second() != lastSecond + 1) {
      limitedSeconds = 0;
      reasons.clear();
    }
    lastSecond = window.second();
    limitedSeconds += limits.isEmpty() ? 0 : 1;
    limits.forEach(limit -> reasons.merge(limit, 1, Integer::sum));
    if (limitedSeconds * SECOND < longest) {
      return false;
    }
    sentence =
        "for %d s without a break the client, not the server, was measured (%s), %s is %s"
            .formatted(
                limitedSeconds,
                LimitReason.counts(reasons),
                Abort.CLIENT_LIMITED,
                Durations.format(Duration.ofNanos(longest)));
    return true;
  }

  /** Why the run was stopped, or null. */
  @Nullable String sentence() {
    return sentence;
  }

  /** Of a run that is younger, its age. */
  private String over(long nanos) {
    long age = Math.ceilDiv(Math.max(nanos, 1), SECOND) * SECOND;
    return Durations.format(Duration.ofNanos(Math.min(abort.overNanos(), age)));
  }

  /** Whole percents, and more digits where these would not tell it from {@code bound}. */
  private static String percent(double share, double bound) {
    String whole = String.format(Locale.ROOT, "%.0f %%", share * 100);
    return whole.equals(String.format(Locale.ROOT, "%.0f %%", bound * 100))
        ? String.format(Locale.ROOT, "%.2f %%", share * 100)
        : whole;
  }

  private static String percent(double share) {
    return Math.rint(share * 100) == share * 100
        ? String.format(Locale.ROOT, "%.0f %%", share * 100)
        : String.format(Locale.ROOT, "%.4g %%", share * 100);
  }
}
