package dev.candor.load.driver;

import dev.candor.base.stats.Distribution;
import dev.candor.scenario.LoadStep;

/**
 * A load step at its place in the run.
 *
 * @param startNanos on the schedulers' clock
 * @param drainNanos how long after its end its attempts may go on
 * @param fromNanos from when on it is carried out: after its start where a run goes on in its
 *     middle
 */
record StepPlan(int index, LoadStep step, long startNanos, long drainNanos, long fromNanos) {

  /** A step that is carried out from its start. */
  StepPlan(int index, LoadStep step, long startNanos, long drainNanos) {
    this(index, step, startNanos, drainNanos, startNanos);
  }

  long endNanos() {
    return startNanos + step.durationNanos();
  }

  /** When what is still in flight of it is cut. */
  long cutNanos() {
    return endNanos() + drainNanos;
  }

  /** Whether user {@code user} (from 0, over all loops) is wanted at {@code now}. */
  boolean wants(long user, long now) {
    return now < endNanos()
        && switch (step) {
          case LoadStep.Closed closed -> user < level(closed, now);
          case LoadStep.Open ignored -> false;
          case LoadStep.Replay ignored -> false;
        };
  }

  private double level(LoadStep.Closed closed, long now) {
    double share = (double) (now - startNanos) / closed.durationNanos();
    double level =
        closed.fromUsers() + (closed.users() - closed.fromUsers()) * Math.clamp(share, 0, 1);
    // A user joins when the line reaches it and leaves when the line has passed it.
    return closed.users() >= closed.fromUsers()
        ? Math.floor(level + 1e-9)
        : Math.ceil(level - 1e-9);
  }

  /** When the step first wants {@code user}; {@link #endNanos} where it never does. */
  long joins(long user) {
    return switch (step) {
      case LoadStep.Open ignored -> endNanos();
      case LoadStep.Replay ignored -> endNanos();
      case LoadStep.Closed closed -> {
        if (user < closed.fromUsers()) {
          yield fromNanos;
        }
        if (user >= closed.users()) {
          yield endNanos();
        }
        double share = (user + 1.0 - closed.fromUsers()) / (closed.users() - closed.fromUsers());
        yield Math.max(fromNanos, startNanos + (long) Math.ceil(share * closed.durationNanos()));
      }
    };
  }

  Distribution thinkNanos() {
    return switch (step) {
      case LoadStep.Closed closed -> closed.thinkNanos();
      case LoadStep.Open ignored -> new Distribution.Constant(0);
      case LoadStep.Replay ignored -> new Distribution.Constant(0);
    };
  }

  int highestLevel() {
    return switch (step) {
      case LoadStep.Closed closed -> Math.max(closed.fromUsers(), closed.users());
      case LoadStep.Open ignored -> 0;
      case LoadStep.Replay ignored -> 0;
    };
  }
}
