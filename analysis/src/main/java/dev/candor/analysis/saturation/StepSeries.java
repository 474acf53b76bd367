package dev.candor.analysis.saturation;

import dev.candor.analysis.AttemptFigures;
import dev.candor.base.stats.SteadyState;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.scenario.Slo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The attempts of a step that is under way, in the order of their end. For one thread. */
public final class StepSeries {
  private final Function<String, Slo> slos;
  private final List<AttemptRecord> attempts = new ArrayList<>();
  private long completed;
  private long good;
  private long failed;
  private long cutOff;

  /**
   * @param slos by request class
   */
  public StepSeries(Function<String, Slo> slos) {
    this.slos = slos;
  }

  public void add(AttemptRecord attempt) {
    attempts.add(attempt);
    completed += attempt.outcome() == Outcome.COMPLETED ? 1 : 0;
    failed += attempt.outcome().failed() ? 1 : 0;
    cutOff += attempt.outcome() == Outcome.UNFINISHED ? 1 : 0;
    good += AttemptFigures.good(attempt, slos.apply(attempt.requestClass())) ? 1 : 0;
  }

  /** All so far. */
  public List<AttemptRecord> attempts() {
    return attempts;
  }

  public long ended() {
    return attempts.size();
  }

  public long completed() {
    return completed;
  }

  public long good() {
    return good;
  }

  public long failed() {
    return failed;
  }

  /** Cut at the end of the step. */
  public long cutOff() {
    return cutOff;
  }

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
            .filter(attempt -> attempt.outcome() == Outcome.COMPLETED)
            .sorted(Comparator.comparingLong(AttemptRecord::intended))
            .toList();
    SteadyState total =
        SteadyState.of(whole.stream().mapToDouble(a -> a.end() - a.intended()).toArray());
    SteadyState first =
        SteadyState.of(
            whole.stream()
                .mapToDouble(a -> a.first() < 0 ? 0 : a.first() - a.intended())
                .toArray());
    if (!total.settled() || !first.settled()) {
      return new Steady(startNanos + (endNanos - startNanos) / 2, false, completed);
    }
    int from = Math.max(total.from(), first.from());
    return new Steady(
        from == 0 ? startNanos : whole.get(from).intended(), true, whole.size() - from);
  }
}
