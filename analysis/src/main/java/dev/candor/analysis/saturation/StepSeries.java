package dev.candor.analysis.saturation;

import dev.candor.analysis.AttemptFigures;
import dev.candor.base.stats.SteadyState;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.scenario.Slo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The attempts of a step that is under way, in the order of their end. For one thread. */
public final class StepSeries {
  private final Function<String, Slo> slos;
  private final int most;
  private final ArrayDeque<Ended> attempts = new ArrayDeque<>();
  private final List<AttemptRecord> ofRamp = new ArrayList<>();
  private final Map<Outcome, Long> failures = new EnumMap<>(Outcome.class);
  private long ended;
  private long completed;
  private long failed;

  /** Whether it was good is asked ten times a second, and told once. */
  private record Ended(AttemptRecord attempt, boolean good) {}

  private StepSeries(Function<String, Slo> slos, int most) {
    this.slos = slos;
    this.most = most;
  }

  /**
   * Of all attempts of a step.
   *
   * @param slos by request class
   */
  public static StepSeries whole(Function<String, Slo> slos) {
    return new StepSeries(slos, Integer.MAX_VALUE);
  }

  /** Of the last attempts of a step that may take hours; the counts are of all. */
  public static StepSeries last(Function<String, Slo> slos, int most) {
    return new StepSeries(slos, most);
  }

  public void add(AttemptRecord attempt) {
    attempts.add(
        new Ended(attempt, AttemptFigures.good(attempt, slos.apply(attempt.requestClass()))));
    if (attempts.size() > most) {
      attempts.remove();
    }
    if (attempt.retried()) {
      // Its request goes on.
      return;
    }
    ended++;
    completed += attempt.outcome() == Outcome.COMPLETED ? 1 : 0;
    if (attempt.outcome().failed() && !slow(attempt.outcome())) {
      failed++;
      failures.merge(attempt.outcome(), 1L, Long::sum);
    }
  }

  /** Whether a failure is what too much load looks like. */
  private static boolean slow(Outcome outcome) {
    return outcome == Outcome.RATE_LIMITED
        || outcome == Outcome.TIMEOUT_HEADERS
        || outcome == Outcome.TIMEOUT_FIRST_TOKEN
        || outcome == Outcome.TIMEOUT_IDLE
        || outcome == Outcome.TIMEOUT_TOTAL;
  }

  /** Takes an attempt that began on the way up to the step, and may reach into it. */
  public void addOfRamp(AttemptRecord attempt) {
    if (most == Integer.MAX_VALUE) {
      ofRamp.add(attempt);
    }
  }

  /** What is kept so far, that of the ramp too. */
  public List<AttemptRecord> attempts() {
    List<AttemptRecord> all = new ArrayList<>(ofRamp);
    attempts.forEach(each -> all.add(each.attempt()));
    return all;
  }

  public long ended() {
    return ended;
  }

  public long completed() {
    return completed;
  }

  /** Failures other than being slow or over a quota, which load explains. */
  public long failed() {
    return failed;
  }

  /** How most of the failures failed, {@code ", mostly server_error"}; empty without any. */
  public String mostFailures() {
    return failures.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(most -> ", mostly " + most.getKey().key())
        .orElse("");
  }

  /** Of the requests intended from {@code fromNanos} on. */
  public Share goodSince(long fromNanos) {
    long good = 0;
    long all = 0;
    for (Ended each : attempts) {
      if (!each.attempt().retried() && each.attempt().requested() >= fromNanos) {
        all++;
        good += each.good() ? 1 : 0;
      }
    }
    return new Share(good, all);
  }

  /** How many met their SLOs, of those that ended. */
  public record Share(long good, long ended) {}

  /**
   * From when on the step is in a steady state.
   *
   * @param fromNanos instant of the first intent that counts; where {@code settled} is false, the
   *     middle of the step so far
   */
  public record Steady(long fromNanos, boolean settled, long completed) {}

  /**
   * Looks for the steady state in the completed requests, in the order of their intent: the later
   * of those of TTFT and of the time in system.
   *
   * @param startNanos of the step; {@code endNanos} of what there is of it
   */
  public Steady steady(long startNanos, long endNanos) {
    List<AttemptRecord> whole =
        attempts.stream()
            .map(Ended::attempt)
            .filter(attempt -> attempt.outcome() == Outcome.COMPLETED)
            .sorted(Comparator.comparingLong(AttemptRecord::requested))
            .toList();
    SteadyState total =
        SteadyState.of(whole.stream().mapToDouble(a -> a.end() - a.requested()).toArray());
    SteadyState first =
        SteadyState.of(
            whole.stream()
                .mapToDouble(a -> a.first() < 0 ? 0 : a.first() - a.requested())
                .toArray());
    if (!total.settled() || !first.settled()) {
      return new Steady(startNanos + (endNanos - startNanos) / 2, false, completed);
    }
    int from = Math.max(total.from(), first.from());
    return new Steady(
        from == 0 ? startNanos : whole.get(from).requested(), true, whole.size() - from);
  }
}
