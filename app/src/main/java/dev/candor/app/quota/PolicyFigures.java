package dev.candor.app.quota;

import dev.candor.analysis.quota.Ask;
import dev.candor.analysis.quota.IdealPacing;
import dev.candor.analysis.quota.LimitFit;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a retry policy made of a quota, from a run's attempts.
 *
 * @param requests that were intended in the overload
 * @param attempts at them
 * @param refused of the attempts
 * @param completed of the requests, sooner or later
 * @param inTime of the requests, those completed by the overload's end
 * @param ideal of the requests, those that a client which knew the quota would have completed by
 *     then
 * @param burntTokens of the quota, by attempts whose answer nobody saw
 * @param recoverySeconds from the overload's end to the last attempt that was refused; 0: none was
 *     after it; null: they were refused up to the run's end
 * @param waitSeconds that completed requests waited from their first attempt to their last, at p99
 */
public record PolicyFigures(
    String policy,
    long requests,
    long attempts,
    long refused,
    long completed,
    long inTime,
    double ideal,
    long burntTokens,
    @Nullable Double recoverySeconds,
    double waitSeconds) {
  private static final double STILL_REFUSED = 1e9;

  /**
   * Of {@code attempts}, all of a run.
   *
   * @param overloadNanos from the run's start on
   * @param endNanos of the run's last load
   */
  static PolicyFigures of(
      String policy,
      List<AttemptRecord> attempts,
      List<LimitFit> limits,
      long overloadNanos,
      long endNanos) {
    List<Probe> probes = attempts.stream().map(each -> new Probe(each, null)).toList();
    List<Ask> asks = Asks.of(probes);
    long requests = 0;
    long tries = 0;
    long refused = 0;
    long completed = 0;
    long inTime = 0;
    long burnt = 0;
    long lastRefused = Long.MIN_VALUE;
    List<Long> waits = new ArrayList<>();
    for (AttemptRecord attempt : attempts) {
      if (Asks.refused(attempt)) {
        lastRefused = Math.max(lastRefused, attempt.sent());
      }
      if (attempt.requested() >= overloadNanos) {
        continue;
      }
      tries++;
      refused += Asks.refused(attempt) ? 1 : 0;
      if (attempt.httpStatus() == 200 && attempt.outcome() != Outcome.COMPLETED) {
        burnt +=
            Math.max(attempt.inputTokensAsked(), attempt.inputTokens()) + attempt.outputTokens();
      }
      if (!attempt.retried()) {
        requests++;
        if (attempt.outcome() == Outcome.COMPLETED) {
          completed++;
          inTime += attempt.end() <= overloadNanos ? 1 : 0;
          waits.add(attempt.sent() - attempt.requested());
        }
      }
    }
    IdealPacing ideal = IdealPacing.of(limits, asks);
    return new PolicyFigures(
        policy,
        requests,
        tries,
        refused,
        completed,
        inTime,
        ideal.passing(requests, overloadNanos / 1e9),
        burnt,
        lastRefused <= overloadNanos
            ? (Double) 0.0
            : lastRefused > endNanos - STILL_REFUSED
                ? null
                : (Double) ((lastRefused - overloadNanos) / 1e9),
        p99(waits) / 1e9);
  }

  private static double p99(List<Long> values) {
    List<Long> sorted = values.stream().sorted(Comparator.naturalOrder()).toList();
    return sorted.isEmpty()
        ? 0
        : sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * 99L / 100));
  }

  /** Attempts a request. */
  public double amplification() {
    return requests == 0 ? 1 : (double) attempts / requests;
  }

  /** How much of what the quota would have let through came through. */
  public double ofIdeal() {
    return ideal == 0 ? 0 : inTime / ideal;
  }

  /** Of the attempts, those whose answer nobody saw. */
  public double wastedShare() {
    return attempts == 0 ? 0 : (double) (attempts - completed) / attempts;
  }

  /** Of the attempts, those that were refused. */
  public double refusedShare() {
    return attempts == 0 ? 0 : (double) refused / attempts;
  }
}
